import type { Delivery } from '#records/phone-store.ts';
import { revisionId } from '#records/revision.ts';
import { headsOf } from '#records/state-of.ts';
import type { Workplace } from './workplace.svelte.ts';

export type DeliveryState = Delivery['state'];

/**
 * How far on its way is what now stands of an entity: refused if any of its heads was, waiting if
 * any waits, else delivered; what came from the server is there. Undefined where nothing stands.
 */
export function entityDelivery(
	workplace: Workplace,
	kind: string,
	entity: string
): DeliveryState | undefined {
	const heads = headsOf(workplace.records.state(kind, entity));
	if (heads.length === 0) return undefined;
	return furthestBehind(heads.map((hash) => workplace.delivery(revisionId(kind, entity, hash))?.state));
}

function furthestBehind(states: readonly (DeliveryState | undefined)[]): DeliveryState {
	if (states.includes('refused')) return 'refused';
	return states.includes('waiting') ? 'waiting' : 'delivered';
}
