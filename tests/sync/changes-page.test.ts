import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toChangesPage } from '../../src/sync/changes-page.ts';

const change = (id: string, doc: unknown = { _id: id }) => ({ id, seq: 1, changes: [{ rev: '1-a' }], doc });

test('whatever is in the documents, the changes are parted from what stands around them', () => {
	fc.assert(
		fc.property(
			fc.array(fc.jsonValue()),
			fc.oneof(fc.nat(), fc.string()),
			fc.option(fc.nat(), { nil: undefined }),
			fc.boolean(),
			(docs, last_seq, pending, reversed) => {
				const results = docs.map((doc, index) => change(`record:${index}`, doc));
				const answer = reversed ? { last_seq, pending, results } : { results, last_seq, pending };
				for (const space of [undefined, 1]) {
					const page = toChangesPage(JSON.stringify(answer, undefined, space));
					expect(page).toMatchObject({ lastSeq: last_seq, pending });
					expect(JSON.parse(page.text)).toEqual(JSON.parse(JSON.stringify(results)));
				}
			}
		)
	);
});

test('changes are counted, as this project’s server writes them and as CouchDB does', () => {
	const two = [change('a', { text: '"changes":[' }), change('b', { text: '],"last_seq":9}' })];
	const ours = `{"results":${JSON.stringify(two)},"last_seq":7,"pending":3}`;
	expect(toChangesPage(ours)).toEqual({ text: JSON.stringify(two), count: 2, lastSeq: 7, pending: 3 });
	const lines = two.map((each) => JSON.stringify(each)).join(',\n');
	const couch = `{"results":[\n${lines}\n],\n"last_seq":"7-g1AAA]","pending":0}\n`;
	expect(toChangesPage(couch)).toMatchObject({ count: 2, lastSeq: '7-g1AAA]', pending: 0 });
	expect(toChangesPage('{"results":[\n\n],\n"last_seq":0}')).toMatchObject({ count: 0, pending: undefined });
});

test.each([
	['a page of something between us and the server', '<!doctype html><p>Sign in [here]</p>'],
	['an answer cut short', '{"results":[{"id":"a","changes":[{"rev":"1-a"}],"doc":{}}'],
	['one without where it ends', '{"results":[{"id":"a","changes":[{"rev":"1-a"}]}],"pending":0}'],
	['an error', '{"error":"not_found","reason":"missing"}'],
	['nothing', '']
])('%s is no page', (_what, answer) => {
	expect(() => toChangesPage(answer)).toThrow();
});
