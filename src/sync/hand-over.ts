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
 * waits. Returns the ids of those that the server would not take, whole or in part.
 * @throws WireError when it could not be asked for all.
 */
export async function handOver(
	deps: HandOverDeps,
	revisions: readonly Revision[]
): Promise<readonly string[]> {
	const broken: string[] = [];
	for await (const parcel of parcels(deps.store, revisions)) broken.push(...(await give(deps, parcel)));
	return broken;
}

async function* parcels(store: SyncStore, revisions: readonly Revision[]): AsyncGenerator<Parcel> {
	const here = await store.photosWaiting();
	let parcel: Parcel = { revisions: [], photos: [] };
	let characters = 0;
	for (const revision of revisions) {
		const photos = await photosFor(store, revision, here);
		const more = charactersOf(revision, photos);
		const items = parcel.revisions.length + parcel.photos.length + 1 + photos.length;
		if (parcel.revisions.length > 0 && (items > mostItems || characters + more > mostCharacters)) {
			yield parcel;
			parcel = { revisions: [], photos: [] };
			characters = 0;
		}
		const known = new Set(parcel.photos.map(({ hash }) => hash));
		parcel = {
			revisions: [...parcel.revisions, revision],
			photos: [...parcel.photos, ...photos.filter(({ hash }) => !known.has(hash))]
		};
		characters += more;
	}
	if (parcel.revisions.length > 0) yield parcel;
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

/** A parcel that is not taken as a whole is halved, so that one record cannot hold up the others. */
async function give(deps: HandOverDeps, parcel: Parcel): Promise<readonly string[]> {
	const ids = parcel.revisions.map(({ _id }) => _id);
	try {
		const answer = await deps.desk.handOver(parcel);
		const kept = new Set(answer.kept);
		const erased = new Set(answer.refused.filter(({ reason }) => isErased(reason)).map(({ id }) => id));
		const lacking = new Set<string>(
			parcel.photos.flatMap(({ hash }) => (kept.has(photoId(hash)) ? [] : [hash]))
		);
		const whole = ({ _id, body }: Revision) =>
			kept.has(_id) && !namedHashes(body).some((hash) => lacking.has(hash));
		const taken = parcel.revisions.filter(whole).map(({ _id }) => _id);
		await deps.onKept(taken.length);
		await deps.store.remove(taken);
		await leaveImpersonal(
			deps.store,
			parcel.revisions.filter(({ _id }) => erased.has(_id)),
			deps.now
		);
		return ids.filter((id) => !taken.includes(id) && !erased.has(id));
	} catch (error) {
		if (!(error instanceof WireError) || !isAboutParcel(error)) throw error;
		if (ids.length === 1) return ids;
		const broken: string[] = [];
		for (const half of halves(parcel)) broken.push(...(await give(deps, half)));
		return broken;
	}
}

function isAboutParcel({ status }: WireError): boolean {
	return status === 400 || status === 413 || status === 422;
}

function halves({ revisions, photos }: Parcel): readonly Parcel[] {
	const middle = Math.ceil(revisions.length / 2);
	return [revisions.slice(0, middle), revisions.slice(middle)].map((half) => {
		const named = new Set<string>(half.flatMap(({ body }) => namedHashes(body)));
		return { revisions: half, photos: photos.filter(({ hash }) => named.has(hash)) };
	});
}
