import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { enlarged, pngOf } from '#app/bitmap-png.ts';
import { signatureBitmap } from '#app/signature-bitmap.ts';
import { conventionWord } from '#features/posting/convention-word.ts';
import { paperFileName } from '#features/posting/paper-words.ts';
import { overwriteGetLocale } from '#paraglide/runtime.js';
import { conventionPaper, paperTexts, type ConventionPaper } from '#read-models/convention-paper.ts';
import { conventionState } from '#read-models/convention-state.ts';
import { drawn, entity, holding, passedText, posting } from '../../read-models/paper-records.ts';

const address = `https://zhonggeng.example/conventions/${entity}`;
const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

function posted(households: number): ConventionPaper {
	overwriteGetLocale(() => 'zh-CN');
	const clauses = [
		{ heading: '垃圾分类', text: '厨余垃圾要沥干水分再投放。\n可回收物交给网格员登记。', credits: ['h02'] },
		{ text: '大件垃圾不堆放在院门口。' }
	];
	const records = holding(
		...passedText(households, clauses, (ballot) => ({ name: 'posted', ballot, posting }))
	);
	const state = conventionState(records, entity);
	const paper =
		state && conventionPaper(records, state, { text: paperTexts(state)[0] ?? 'coming', signers: true });
	if (!paper) throw new Error('no paper');
	return paper;
}

/** All parts of the file that are XML, each parsed. */
async function partsOf(paper: ConventionPaper): Promise<ReadonlyMap<string, Document>> {
	const files = unzipSync(await conventionWord({ paper, locale: 'zh-CN', address }));
	const texts = Object.entries(files).filter(([name]) => /\.(xml|rels)$/.test(name));
	return new Map(
		texts.map(([name, bytes]) => [name, new DOMParser().parseFromString(strFromU8(bytes), 'application/xml')])
	);
}

/** The paragraphs of the text, each with its style. */
function paragraphsOf(parts: ReadonlyMap<string, Document>): readonly (readonly [string, string])[] {
	const all = parts.get('word/document.xml')?.getElementsByTagNameNS(word, 'p') ?? [];
	return [...all].map((one) => [
		one.getElementsByTagNameNS(word, 'pStyle')[0]?.getAttributeNS(word, 'val') ?? '',
		[...one.getElementsByTagNameNS(word, 't')].map(({ textContent }) => textContent).join('')
	]);
}

test('A Word file has title, clauses and result in styles that Word knows', async () => {
	const parts = await partsOf(posted(4));
	const paragraphs = paragraphsOf(parts);
	expect(paragraphs).toContainEqual(['Mark', '【公示稿】']);
	expect(paragraphs).toContainEqual(['Title', '示例胡同12号院落公约']);
	expect(paragraphs).toContainEqual(['Heading2', '垃圾分类']);
	expect(paragraphs).toContainEqual(['Text', '厨余垃圾要沥干水分再投放。']);
	expect(paragraphs).toContainEqual(['Text', '可回收物交给网格员登记。']);
	expect(paragraphs).toContainEqual(['Clause', '大件垃圾不堆放在院门口。']);
	expect(paragraphs).toContainEqual(['Small', '采纳了2号的建议']);
	expect(paragraphs).toContainEqual(['Cell', `zhonggeng.example/conventions/${entity}`]);
	const ids = [...(parts.get('word/styles.xml')?.getElementsByTagNameNS(word, 'style') ?? [])].map((style) =>
		style.getAttributeNS(word, 'styleId')
	);
	expect(ids).toEqual(
		expect.arrayContaining(['Mark', 'Title', 'Heading2', 'Text', 'Clause', 'Small', 'Cell'])
	);
});

test('Clauses are numbered by Word itself: 第一条', async () => {
	const parts = await partsOf(posted(4));
	const levels = [...(parts.get('word/numbering.xml')?.getElementsByTagNameNS(word, 'lvl') ?? [])];
	const value = (level: Element, name: string) =>
		level.getElementsByTagNameNS(word, name)[0]?.getAttributeNS(word, 'val');
	const ours = levels.filter((level) => value(level, 'lvlText') === '第%1条');
	expect(ours.map((level) => value(level, 'numFmt'))).toEqual(['chineseCountingThousand']);
	const numbered = parts.get('word/document.xml')?.getElementsByTagNameNS(word, 'numPr');
	expect(numbered).toHaveLength(2);
});

test.for([4, 60])('Each of %i households has one place to sign', async (households) => {
	const paragraphs = paragraphsOf(await partsOf(posted(households)));
	const doors = paragraphs.filter(([style, text]) => style === 'Cell' && /^\d+号$/.test(text));
	expect(doors.map(([, text]) => text)).toEqual(
		Array.from({ length: households }, (_, index) => `${index + 1}号`)
	);
});

test('What a household voted is not on the signatures page', async () => {
	const paragraphs = paragraphsOf(await partsOf(posted(4))).map(([, text]) => text);
	expect(paragraphs).toContain('已投票');
	expect(paragraphs).not.toContain('同意');
});

const hostile = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 40 }),
	fc.constantFrom(
		'</w:t></w:r><w:r>',
		']]>&amp;<![CDATA[',
		'\u0000\u0001\u0008\u000b\u001f\ufffe\uffff',
		'\ud800一半',
		'👨‍👩‍👧‍👦🗑️',
		'长'.repeat(2000),
		'x'.repeat(2000),
		'%1 {page} {pages} $& $1'
	)
);

test('Whatever is written in a convention, the file is valid and has all that can be written in it', async () => {
	const start = posted(4);
	await fc.assert(
		fc.asyncProperty(hostile, hostile, hostile, async (title, text, door) => {
			const parts = await partsOf({
				...start,
				title,
				place: [text],
				preamble: text,
				lines: [
					{ type: 'clause', number: 1, clause: { heading: title, text, credits: [door] } },
					{ type: 'doubt', number: 2, versions: [{ text }, undefined] }
				],
				signers: start.signers.map((signer) => ({ ...signer, door }))
			});
			const broken = [...parts].filter(([, part]) => part.getElementsByTagName('parsererror').length > 0);
			expect(broken.map(([name]) => name)).toEqual([]);
			const written = paragraphsOf(parts).find(([style]) => style === 'Title')?.[1];
			expect(written).toBe(writable(title));
		}),
		{ numRuns: 60 }
	);
});

test('A file’s name has nothing that a file system refuses', () => {
	const paper = posted(4);
	expect(paperFileName(paper)).toBe('示例胡同12号院落公约 第1版 公示稿.docx');
	expect(paperFileName({ ...paper, title: '../a:b*c\u202ecod.exe\u0000' })).toBe(
		'.. a b c cod.exe 第1版 公示稿.docx'
	);
});

test('A drawn signature becomes a picture as it was drawn', async () => {
	const bitmap = signatureBitmap(drawn);
	const picture = await createImageBitmap(new Blob([pngOf(bitmap)], { type: 'image/png' }));
	expect([picture.width, picture.height]).toEqual([bitmap[0]?.length, bitmap.length]);
	const canvas = new OffscreenCanvas(picture.width, picture.height);
	const context = canvas.getContext('2d');
	context?.drawImage(picture, 0, 0);
	const { data } = context?.getImageData(0, 0, picture.width, picture.height) ?? { data: [] };
	const dark = Array.from({ length: picture.height }, (_, y) =>
		Array.from({ length: picture.width }, (_unused, x) => data[4 * (y * picture.width + x)] === 0)
	);
	expect(dark).toEqual(bitmap);
	expect(bitmap.flat().filter((one) => one).length).toBeGreaterThan(500);
	expect(enlarged([[true, false]], 2)).toEqual([
		[true, true, false, false],
		[true, true, false, false]
	]);
});

/** What of a text can stand in XML 1.0: no control characters but tabs and line ends, no halves of characters. */
function writable(text: string): string {
	const chars = [...text].filter((char) => {
		const code = char.codePointAt(0) ?? 0;
		if (code < 0x20) return char === '\t' || char === '\n' || char === '\r';
		return (code < 0xd800 || code > 0xdfff) && code !== 0xfffe && code !== 0xffff;
	});
	// A parser reads every line end as one (XML 1.0, section 2.11).
	return chars.join('').replaceAll(/\r\n?/g, '\n');
}
