import * as v from 'valibot';
import { stageBody, type InForce, type Stage } from '#kinds/convention-stage.ts';
import { sameJson } from '#records/hash.ts';
import type { ConventionState } from './convention-state.ts';

/** The version that binds; while the stage is in doubt, the one that all of the different steps left in force. */
export function inForceIn({ read, doubts }: Pick<ConventionState, 'read' | 'doubts'>): InForce | undefined {
	if (read.stage) return read.stage.inForce;
	const stages = doubts.find(({ path }) => path === '/stage')?.candidates ?? [];
	const [first, ...others] = stages.map(({ value }): Stage | undefined => {
		const parsed = v.safeParse(stageBody, value);
		return parsed.success ? parsed.output : undefined;
	});
	return others.every((stage) => sameJson(stage?.inForce, first?.inForce)) ? first?.inForce : undefined;
}
