import fc from 'fast-check';
import type { Weather } from '../sync/phone.ts';

/** What becomes of one request. */
export const fates = ['arrives', 'never leaves', 'answer lost', 'answer cut short', 'arrives twice'] as const;
export type Fate = (typeof fates)[number] | 'kills the server';

export const anyFates: fc.Arbitrary<readonly Fate[]> = fc.array(fc.constantFrom(...fates), { maxLength: 8 });

/** Requests meet these fates in order; after the last all arrive. */
export function weather(ahead: readonly Fate[], kill: () => Promise<void>): Weather {
	const rest = [...ahead];
	return async (request, send) => {
		const fate = rest.shift() ?? 'arrives';
		if (fate === 'never leaves') throw new TypeError('no route');
		if (fate === 'arrives twice') await (await fetch(request.clone())).arrayBuffer();
		if (fate === 'kills the server') {
			const answer = send().catch(() => undefined);
			await kill();
			await answer;
			throw new TypeError('connection reset');
		}
		const response = await send();
		if (fate === 'answer lost') throw new TypeError('connection reset');
		if (fate !== 'answer cut short') return response;
		const text = await response.text();
		return new Response(text.slice(0, Math.floor(text.length / 2)), response);
	};
}
