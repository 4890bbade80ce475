import { evaluationOf } from '#kinds/evaluation.ts';
import { keyedEntityOf } from '#kinds/kind.ts';
import { pairOf } from '#kinds/keyed-kind.ts';
import { publicationOf } from '#kinds/publication.ts';

/** What other records belong to, by its id: `{ type: 'meeting', id: 'k3v9x0ab' }`. */
export interface Belonging {
	readonly type: 'meeting' | 'convention' | 'matter';
	readonly id: string;
}

/** The meeting, convention or matter that an entity is, or that its key names; undefined for all others. */
export function belongsTo(kind: string, entity: string): Belonging | undefined {
	switch (kind) {
		case 'meeting':
		case 'convention':
		case 'matter':
			return belonging(kind, keyedEntityOf(entity)?.key);
		case 'minute':
		case 'amendment':
			return belonging('meeting', pairOf(entity)?.first);
		case 'opinion':
		case 'vote':
			return belonging('convention', pairOf(entity)?.first);
		case 'progress':
		case 'whistle':
			return belonging('matter', pairOf(entity)?.first);
		case 'evaluation':
			return belonging('matter', evaluationOf(entity)?.matter);
		case 'publication': {
			const named = publicationOf(entity);
			return belonging(named?.about === 'matter' ? 'matter' : 'meeting', named?.subject);
		}
		default:
			return undefined;
	}
}

function belonging(type: Belonging['type'], id: string | undefined): Belonging | undefined {
	return id === undefined ? undefined : { type, id };
}
