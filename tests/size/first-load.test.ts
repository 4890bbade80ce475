import { expect, test } from 'vitest';
import { chunksOf } from '../../scripts/first-load-chunks.mjs';

const manifest = {
	entry: { file: 'entry.js', imports: ['shared'], dynamicImports: ['page', 'src/sync/push.ts'] },
	shared: { file: 'shared.js', imports: ['entry'] },
	page: { file: 'page.js', imports: ['only-page', 'shared'] },
	'only-page': { file: 'only-page.js' },
	'src/sync/push.ts': { file: 'push.js', imports: ['pouchdb'] },
	pouchdb: { file: 'pouchdb.js' }
};

test('a first load counts every chunk that is imported on the way to it, once', () => {
	const needed = chunksOf(manifest, ['entry'], (key) => key.startsWith('src/sync/'));
	expect([...needed].sort()).toEqual(['entry', 'only-page', 'page', 'shared']);
});

test('a dynamic import counts unless it is known to wait', () => {
	expect(chunksOf(manifest, ['entry'], () => false)).toContain('pouchdb');
	expect([...chunksOf(manifest, ['entry'], () => true)].sort()).toEqual(['entry', 'shared']);
});

test('a chunk that the manifest does not have is an error, not nothing', () => {
	expect(() => chunksOf(manifest, ['gone'], () => false)).toThrow('gone');
});
