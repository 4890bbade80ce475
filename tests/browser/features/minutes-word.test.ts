import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { minutesWord } from '#features/filing/minutes-word.ts';
import type { MinutesWords } from '#features/filing/minutes-words.ts';
import { overwriteGetLocale } from '#paraglide/runtime.js';
import { hashOfBytes } from '#records/hash.ts';

const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const drawing = 'http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing';

async function picture(type: 'image/jpeg' | 'image/webp', width: number, height: number): Promise<Blob> {
	const canvas = new OffscreenCanvas(width, height);
	const context = canvas.getContext('2d');
	if (!context) throw new Error('no 2d context');
	context.fillStyle = '#2f7d4f';
	context.fillRect(0, 0, width, height / 2);
	return canvas.convertToBlob({ type, quality: 0.8 });
}

const bytesOf = async (photo: Blob) => new Uint8Array(await photo.arrayBuffer());

/** The parts of a Word file of made-up minutes with these photos; `undefined` is on no device. */
async function fileWith(photos: readonly (Blob | undefined)[], more: Partial<MinutesWords> = {}) {
	overwriteGetLocale(() => 'zh-CN');
	const held = new Map<string, Blob | undefined>(
		photos.map((photo, index) => [hashOfBytes(Uint8Array.of(index)), photo])
	);
	const words: MinutesWords = {
		...{ mark: '会议纪要', title: '示例院落议事会', place: '示例胡同1号', standing: '已存档' },
		...{ facts: [], attendance: [], items: [], amendments: [], signers: [] },
		photos: [...held.keys()].map((hash, index) => ({ entity: hash, hash, caption: `旧沙发 ${index + 1}` })),
		...more
	};
	const { bytes } = await minutesWord({
		...{ words, locale: 'zh-CN' },
		photo: (hash) => Promise.resolve(held.get(hash))
	});
	const parts = unzipSync(bytes);
	const read = (name: string) =>
		new DOMParser().parseFromString(strFromU8(parts[name] ?? new Uint8Array()), 'application/xml');
	const text = read('word/document.xml');
	const media = Object.entries(parts).filter(([name]) => /^word\/media\/./.test(name));
	return { text, styles: read('word/styles.xml'), media };
}

/** What of a picture is said and how large it stands, in millimetres of which each has 36,000 units. */
function pictures(text: Document) {
	return [...text.getElementsByTagNameNS(drawing, 'inline')].map((inline) => {
		const [extent, said] = ['extent', 'docPr'].map((name) => inline.getElementsByTagNameNS(drawing, name)[0]);
		const millimetres = (side: string) => Math.round(Number(extent?.getAttribute(side)) / 36_000);
		return { words: said?.getAttribute('descr'), size: [millimetres('cx'), millimetres('cy')] };
	});
}

const lines = (text: Document) =>
	[...text.getElementsByTagNameNS(word, 'p')].map((each) => each.textContent).filter((each) => each !== '');

test('A photo that is a JPEG lies in the Word file byte for byte, fits the page and is put into words', async () => {
	const [wide, high] = [await picture('image/jpeg', 800, 400), await picture('image/jpeg', 300, 900)];
	const { text, media } = await fileWith([wide, high]);
	expect(media.map(([, bytes]) => hashOfBytes(bytes)).sort()).toEqual(
		[hashOfBytes(await bytesOf(wide)), hashOfBytes(await bytesOf(high))].sort()
	);
	expect(media.every(([name]) => name.endsWith('.jpg'))).toBe(true);
	expect(pictures(text)).toEqual([
		{ words: '旧沙发 1', size: [74, 37] },
		{ words: '旧沙发 2', size: [30, 90] }
	]);
	expect(lines(text)).toEqual(expect.arrayContaining(['照片', '旧沙发 1', '旧沙发 2']));
});

test('A photo that Word cannot read is written anew as a JPEG of the same size', async () => {
	const { media } = await fileWith([await picture('image/webp', 640, 480)]);
	const [[, bytes] = ['', new Uint8Array()]] = media;
	const shown = await createImageBitmap(new Blob([Uint8Array.from(bytes)], { type: 'image/jpeg' }));
	expect([...bytes.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
	expect([shown.width, shown.height]).toEqual([640, 480]);
});

test('Of a photo that is not on this device, or is none, the caption says so', async () => {
	const broken = new Blob(['not a picture'], { type: 'image/jpeg' });
	const { text, media } = await fileWith([undefined, broken, await picture('image/jpeg', 100, 100)]);
	expect(media).toHaveLength(1);
	expect(lines(text)).toEqual(
		expect.arrayContaining(['旧沙发 1（照片不在这台设备上）', '旧沙发 2（照片不在这台设备上）', '旧沙发 3'])
	);
});

test('No page ends between a heading, a vote or an objection and what follows it', async () => {
	const amendment = {
		entity: 'yiyi0001',
		head: '异议 · 2号',
		words: '我说的是先登记。',
		late: false,
		absent: false
	};
	const line = {
		entity: 'line0001',
		heads: [],
		about: 'count',
		head: '举手',
		time: '19:20',
		open: false
	} as const;
	const { text, styles } = await fileWith([], {
		items: [
			{
				...{ id: 'yiti0001', number: '议题 1', topic: '门口堆放杂物', tasks: [] },
				lines: [{ ...line, words: '同意清理', votes: '赞成 9，反对 1' }],
				amendments: [{ ...amendment, item: 'yiti0001', answer: '答复：采纳' }]
			}
		]
	});
	const keeps = (within: Element | undefined) =>
		within?.getElementsByTagNameNS(word, 'keepNext').length === 1;
	const heading = [...styles.getElementsByTagNameNS(word, 'style')].find(
		(style) => style.getAttributeNS(word, 'styleId') === 'Heading2'
	);
	const kept = [...text.getElementsByTagNameNS(word, 'p')].filter(keeps).map((each) => each.textContent);
	expect(keeps(heading)).toBe(true);
	expect(kept).toEqual(['19:20  举手  同意清理', '异议 · 2号  我说的是先登记。']);
});
