import { mayTakeStep, mayWrite } from '#access/rights.ts';
import type { Grant } from '#access/grant.ts';
import { matterEntity } from '#kinds/matter.ts';
import { asLine, asText } from '#kinds/text.ts';
import type { Place } from '#read-models/places.ts';
import { isScope, isWithin, levelOf, parentScope, type Scope } from '#records/scope.ts';
import { reaches, type RaisingFields } from './matter-fields.ts';
import type { FormResult } from './record-writing.svelte.ts';

type Reach = RaisingFields['reach'];
type PlacesToRaiseAt = ReadonlyMap<Reach, readonly Place[]>;

/** Places of each level at which the account may raise a matter; of households, their courtyards. */
export function placesToRaiseAt(places: readonly Place[], grants: readonly Grant[]): PlacesToRaiseAt {
	const mine = places.filter(
		({ scope }) => mayWrite(grants, 'matter', scope) && mayTakeStep(grants, 'matter', 'raised', scope)
	);
	const of = (reach: Reach) =>
		mine.filter(({ level }) => level === (reach === 'household' ? 'courtyard' : reach));
	return new Map(reaches.map((reach) => [reach, of(reach)] as const).filter(([, found]) => found.length > 0));
}

/** Before anything is typed: the place that was asked for, or the only one there is. */
export function raisingStart(asked: string, places: PlacesToRaiseAt): RaisingFields {
	const empty = {
		...{ text: '', category: '', unnamed: false, photos: [], where: '', who: '' },
		...{ source: 'worker', reach: 'courtyard', place: '', household: '' }
	} satisfies RaisingFields;
	if (isScope(asked) && levelOf(asked) === 'household') {
		const courtyard = parentScope(asked) ?? '';
		return { ...empty, source: 'resident', reach: 'household', place: courtyard, household: asked };
	}
	const at = [...places.values()].flat().find(({ scope }) => scope === asked);
	const reach =
		reaches.find((one) => one === at?.level) ?? (places.has('courtyard') ? 'courtyard' : undefined);
	const [first = 'courtyard'] = places.keys();
	return { ...empty, reach: reach ?? first, place: at?.scope ?? onlyOne(places.get(reach ?? first)) };
}

export function onlyOne(places: readonly Place[] = []): Scope | '' {
	const [only, second] = places;
	return only && !second ? only.scope : '';
}

/** What a matter is about, once it is chosen. */
export function scopeRaised({ reach, place, household }: RaisingFields): Scope | undefined {
	if (place === '') return undefined;
	if (reach !== 'household') return place;
	return household !== '' && isWithin(household, place) ? household : undefined;
}

/** A matter as staff write it down, or what is not told yet. */
export function raisedByStaff(
	fields: RaisingFields,
	newId: () => string
): FormResult<'text' | 'place' | 'household'> {
	const scope = scopeRaised(fields);
	if (!scope) return { type: 'missing', field: fields.place === '' ? 'place' : 'household' };
	const { source, who } = fields;
	const by = asLine(who);
	return raised(fields, scope, newId, {
		source,
		...placeIn(fields),
		...(by !== '' && fields.reach !== 'household' && { who: by })
	});
}

/** Where exactly, as it is recorded. */
export function placeIn({ where }: Pick<RaisingFields, 'where'>): { readonly place?: string } {
	const place = asLine(where);
	return place === '' ? {} : { place };
}

/** A matter as its household raises it. */
export function raised(
	{ text, category, unnamed, photos }: RaisingFields,
	scope: Scope,
	newId: () => string,
	more: { readonly source?: string; readonly place?: string; readonly who?: string } = {}
): FormResult<'text'> {
	const said = asText(text);
	if (said === '') return { type: 'missing', field: 'text' };
	const body = {
		text: said,
		...(category !== '' && { category }),
		...(unnamed && { unnamed }),
		...(photos.length > 0 && { photos: [...photos] }),
		...more
	};
	return { type: 'entry', entry: { kind: 'matter', entity: matterEntity(scope, newId()), scope, body } };
}
