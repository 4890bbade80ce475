import { builtOnErased } from '#kinds/personal.ts';
import { namedHashes } from '#records/named-hashes.ts';
import type { Photo } from '#records/phone-store.ts';
import type { Revision } from '#records/revision.ts';
import type { SyncStore } from '#records/sync-store.ts';
import type { DeviceDesk, Parcel } from './device-desk.ts';
import { isErased, leaveImpersonal } from './erasing.ts';
import { photoId } from './photo-document.ts';
import { WireError } from './wire-error.ts';

export interface HandOverDeps {
	readonly store: SyncStore;
	readonly desk: Pick<DeviceDesk, 'handOver'>;
	/** Told how many records were taken, each time before they leave this device. */
	readonly onKept: (count: number) => Promise<void>;
	readonly now: () => Date;
}

/** Records and photos in one parcel, and characters of its JSON, about. One record and its photos always fit. */
const mostItems = 500;
const mostCharacters = 8_000_000;

/**
 * Gives records and their photos into the server's keeping, and takes from this device what is on its disk there;
 * so a cut repeats at most one parcel. Of a household that was erased, what may stay takes the place of a record, and
 * of what was written on top of it, and waits. A parcel that is not taken as a whole is halved, so that one record
 * cannot hold up the others. Returns the ids of those that the server would not take, whole or in part.
 * @throws WireError when it could not be asked for all.
 */
export async function handOver(
	deps: HandOverDeps,
	revisions: readonly Revision[]
): Promise<readonly string[]> {
	const { store, now } = deps;
	const here = await store.photosWaiting();
	const broken: string[] = [];
	let atOnce = mostItems;
	for (let rest = revisions; rest.length > 0;) {
		const parcel = await firstParcel(store, rest.slice(0, atOnce), here);
		const given = await give(deps, parcel);
		const { length } = parcel.revisions;
		atOnce = given ? length * 2 : Math.ceil(length / 2);
		if (!given && length > 1) continue;
		const later = rest.slice(length);
		broken.push(...(given?.broken ?? parcel.revisions.map(({ _id }) => _id)));
		const erased = given?.erased ?? [];
		const built = builtOnErased(
			later,
			erased.map(({ _id }) => _id)
		);
		await leaveImpersonal(store, [...erased, ...built], now);
		rest = later.filter((revision) => !built.includes(revision));
	}
	return broken;
}

async function firstParcel(
	store: SyncStore,
	revisions: readonly Revision[],
	here: ReadonlySet<string>
): Promise<Parcel> {
	const taken: Revision[] = [];
	const photos: Photo[] = [];
	let characters = 0;
	for (const revision of revisions) {
		const named = await photosFor(store, revision, here);
		characters += charactersOf(revision, named);
		const items = taken.length + photos.length + 1 + named.length;
		if (taken.length > 0 && (items > mostItems || characters > mostCharacters)) break;
		const known = new Set(photos.map(({ hash }) => hash));
		taken.push(revision);
		photos.push(...named.filter(({ hash }) => !known.has(hash)));
	}
	return { revisions: taken, photos };
}

async function photosFor(
	store: SyncStore,
	{ body }: Revision,
	here: ReadonlySet<string>
): Promise<readonly Photo[]> {
	const named = [...new Set(namedHashes(body))].filter((hash) => here.has(hash));
	const photos = await Promise.all(named.map((hash) => store.photo(hash)));
	return photos.filter((photo) => photo !== undefined);
}

function charactersOf(revision: Revision, photos: readonly Photo[]): number {
	return photos.reduce(
		(sum, { bytes }) => sum + Math.ceil(bytes.length / 3) * 4,
		JSON.stringify(revision).length
	);
}

/** What became of a parcel. Undefined when the server does not take it as it is. */
async function give(
	{ store, desk, onKept }: HandOverDeps,
	parcel: Parcel
): Promise<{ readonly broken: readonly string[]; readonly erased: readonly Revision[] } | undefined> {
	const answer = await desk.handOver(parcel).catch(unlessAboutParcel);
	if (!answer) return undefined;
	const kept = new Set(answer.kept);
	const gone = new Set(answer.refused.filter(({ reason }) => isErased(reason)).map(({ id }) => id));
	const lacking = new Set<string>(
		parcel.photos.flatMap(({ hash }) => (kept.has(photoId(hash)) ? [] : [hash]))
	);
	const isTaken = ({ _id, body }: Revision) =>
		kept.has(_id) && !namedHashes(body).some((hash) => lacking.has(hash));
	const taken = parcel.revisions.filter(isTaken).map(({ _id }) => _id);
	await onKept(taken.length);
	await store.remove(taken);
	const erased = parcel.revisions.filter(({ _id }) => gone.has(_id));
	const done = new Set([...taken, ...gone]);
	const broken = parcel.revisions.map(({ _id }) => _id).filter((id) => !done.has(id));
	return { broken, erased };
}

function unlessAboutParcel(error: unknown): undefined {
	const isAbout = error instanceof WireError && [400, 413, 422].includes(error.status ?? 0);
	if (!isAbout) throw error;
}
