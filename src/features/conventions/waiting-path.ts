import type { Waiting } from '#read-models/convention-waiting.ts';

/** Where it is done; undefined: on the convention's own page. */
export function waitingPath(waiting: Waiting, entity: string): string | undefined {
	const path = `/conventions/${entity}`;
	switch (waiting.type) {
		case 'vote':
		case 'votes':
			return `${path}/vote`;
		case 'wish':
		case 'opinion':
		case 'rating':
		case 'posted':
		case 'objections':
			return `${path}/opinions`;
		case 'doubts':
			return `${path}/doubts`;
		case 'step':
			return waiting.move === 'count-votes' ? `${path}/vote` : undefined;
	}
}
