import { expect, test } from 'vitest';
import { publicationEntity } from '#kinds/publication.ts';
import { isMatterOld, matterTexts, publishedMatter } from '#read-models/published-matter.ts';
import { isPublished, publicationAbout, type Published } from '#read-models/publications.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import type { Revision } from '#records/revision.ts';
import { at, courtyard, holding, id, read, recorded, stages } from './matter-records.ts';

const chosen = { raisedBy: '3号 居民甲', owner: true };

/** Publishes the matter as it stands at this minute of 09:00 UTC. */
function publish(records: RevisionSet, minute: number, words = '桶没盖'): Published {
	const texts = { ...matterTexts(records, read(records)), words };
	const body = publishedMatter(read(records), { texts, ...chosen });
	if (!body) throw new Error('nothing to show');
	records.add([
		recorded('worker1', minute, [], body, {
			kind: 'publication',
			entity: publicationEntity(courtyard, id, 'matter')
		})
	]);
	const published = publicationAbout(records, id, 'matter');
	if (!isPublished(published)) throw new Error('not public');
	return published;
}

test('shows what is chosen of a matter, and of its stage what belongs to it', () => {
	const raised = at(undefined, 'home1', 1, [], { category: 'sorting' });
	expect(publish(holding(raised), 5).body).toEqual({
		...{ about: 'matter', seen: [raised.hash] },
		...{ words: '桶没盖', category: 'sorting', raisedBy: '3号 居民甲', raised: '2026-11-23', stage: 'raised' }
	});
	const decided = at(stages.decided, 'worker1', 2, [raised]);
	const doing = at(stages.doing, 'worker1', 3, [decided]);
	const closed = at(stages.evaluating, 'worker1', 4, [doing]);
	expect(publish(holding(raised, decided, doing), 5).body).toMatchObject({
		...{ stage: 'doing', decision: '装一个分类亭', owner: '网格员甲', due: '2026-11-25' }
	});
	const body = publish(holding(raised, decided, doing, closed), 5).body;
	expect(body).toMatchObject({ result: '装好了', closed: '2026-11-24', round: 1 });
	// Taken up again, the old result is none.
	const again = at(stages.again, 'worker1', 5, [closed]);
	expect(publish(holding(raised, decided, doing, closed, again), 6).body).not.toHaveProperty('result');
});

test('names nobody of a matter that is not to be named, nor while that is in doubt', () => {
	const unnamed = at(undefined, 'home1', 1, [], { unnamed: true });
	expect(publish(holding(unnamed), 5).body).not.toHaveProperty('raisedBy');
	const first = at(undefined, 'home1', 1);
	const [one, other] = [true, false].map((wish, index) =>
		at(undefined, `home${index}`, 2, [first], { unnamed: wish })
	);
	if (!one || !other) throw new Error('two phones');
	expect(publish(holding(first, one, other), 5).body).not.toHaveProperty('raisedBy');
});

test('shows nothing of a matter whose stage is in doubt, that is withdrawn, or without words', () => {
	const raised = at(undefined, 'home1', 1);
	const steps = [at(stages.deliberating, 'worker1', 2, [raised]), at(stages.doing, 'worker2', 2, [raised])];
	const show = (records: RevisionSet, words = '桶没盖') =>
		publishedMatter(read(records), { texts: { words, decision: '', result: '' }, ...chosen });
	expect(show(holding(raised))).toBeDefined();
	expect(show(holding(raised, ...steps))).toBeUndefined();
	expect(show(holding(raised), '')).toBeUndefined();
	expect(show(holding(raised, recorded('home1', 3, [raised], null)))).toBeUndefined();
});

test('is out of date when the matter takes a step, is worded anew or is no longer to be named', () => {
	const raised = at(undefined, 'home1', 1);
	const records = holding(raised);
	const published = publish(records, 5);
	const isOld = () => isMatterOld(records, read(records), published);
	expect(isOld()).toBe(false);
	const place = { place: '院门口' };
	records.add([at(undefined, 'home1', 6, [raised], place)]);
	expect(isOld(), 'what is not shown changed').toBe(false);
	for (const next of [
		at(stages.deliberating, 'worker1', 7, [raised]),
		recorded('home1', 7, [raised], { text: '垃圾桶没盖，招苍蝇' }),
		at(undefined, 'home1', 7, [raised], { unnamed: true })
	]) {
		const after = holding(raised, next);
		expect(isMatterOld(after, read(after), published)).toBe(true);
	}
});

test('is out of date by what whoever published it had seen, whatever the clocks say', () => {
	const raised = at(undefined, 'home1', 20);
	const records = holding(raised);
	// Published on a phone whose clock is behind, and worded anew on one whose clock is behind further.
	const published = publish(records, 5);
	expect(isMatterOld(records, read(records), published)).toBe(false);
	const reworded = recorded('home1', 3, [raised], { text: '垃圾桶没盖，招苍蝇' });
	records.add([reworded]);
	expect(isMatterOld(records, read(records), published)).toBe(true);
	// What they had seen is not here yet.
	const later = publish(records, 6, '换了桶盖');
	const before = holding(raised);
	expect(isMatterOld(before, read(before), later)).toBe(true);
	expect(isMatterOld(records, read(records), later)).toBe(false);
});

test('a publication is what one person chose: of two at once the last, and none that one took down', () => {
	const entity = publicationEntity(courtyard, id, 'matter');
	const show = (minute: number, words: string, on: Parameters<typeof recorded>[2] = []) =>
		recorded(
			`worker${minute}`,
			minute,
			on,
			{ about: 'matter', words, raised: '2026-11-23', stage: 'raised' },
			{ kind: 'publication', entity }
		);
	const first = show(1, '一');
	const [one, other] = [show(2, '二', [first]), show(3, '三', [first])];
	const down = recorded('worker4', 2, [first], null, { kind: 'publication', entity });
	const about = (...all: readonly Revision[]) => publicationAbout(holding(...all), id, 'matter');
	expect(about(first)).toMatchObject({ doubtful: false, body: { words: '一' } });
	expect(about(other, one, first)).toMatchObject({ doubtful: true, body: { words: '三' } });
	const taken = about(first, one, down);
	expect(taken).toMatchObject({ doubtful: true, reason: '重复了' });
	expect(taken?.body).toBeUndefined();
	expect(about(first, one, other, show(5, '四', [one, other]))).toMatchObject({
		...{ doubtful: false, body: { words: '四' } }
	});
	expect(publicationAbout(holding(first), 'matter0002', 'matter')).toBeUndefined();
});
