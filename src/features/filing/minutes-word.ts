import { LevelFormat, type FileChild, type Paragraph } from 'docx';
import { fileName } from '#app/file-name.ts';
import { jpegOf, type JpegPhoto } from '#app/photo-jpeg.ts';
import { signatureBitmap } from '#app/signature-bitmap.ts';
import { paragraph, photoPicture, picture, table, wordBytes } from '#app/word-file.ts';
import { m } from '#paraglide/messages.js';
import type { AmendmentWords } from './amendment-words.ts';
import type { ItemWords, MinutesWords } from './minutes-words.ts';

export interface MinutesWord {
	readonly words: MinutesWords;
	readonly locale: string;
	/** Undefined where neither this device nor, now, the server has it. */
	readonly photo: (hash: string) => Promise<Blob | undefined>;
}

/** A Word file with what is printed: text, counts, tasks, photos, amendments and signatures. */
export async function minutesWord({ words, locale, photo }: MinutesWord) {
	const taken = await Promise.all(
		words.photos.map(async ({ hash, caption }) => {
			const found = await photo(hash);
			return { caption, jpeg: found && (await jpegOf(found)) };
		})
	);
	const bytes = await wordBytes({
		title: words.title,
		locale,
		parts: [minutesPart(words, taken)],
		footer: `${words.title} · ${m.posting_paper_page({ page: '{page}', pages: '{pages}' })}`,
		numbered: { text: m.meetings_item_number({ number: '%1' }), format: LevelFormat.DECIMAL }
	});
	return { name: fileName([words.title, words.mark], 'docx'), bytes, type: wordType };
}

const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Of a page two beside each other, in millimetres. */
const photoMost = [74, 90] as const;

interface TakenPhoto {
	readonly caption: string;
	readonly jpeg: JpegPhoto | undefined;
}

function minutesPart(words: MinutesWords, photos: readonly TakenPhoto[]): readonly FileChild[] {
	return [
		paragraph('Mark', `【${words.mark}】`),
		paragraph('Title', words.title),
		paragraph('Subtitle', words.place),
		paragraph('Subtitle', words.standing),
		table({
			columns: [2, 7],
			lines: true,
			rows: words.facts.map(({ name, value }) => [[paragraph('CellHead', name)], [paragraph('Cell', value)]])
		}),
		paragraph('Heading2', m.filing_attendance()),
		paragraph('Text', words.attendance.join(m.list_comma()) || m.filing_attendance_none()),
		...words.items.flatMap(itemParagraphs),
		...(photos.length > 0 ? [paragraph('Heading2', m.meetings_photos()), photosTable(photos)] : []),
		...(words.signers.length > 0 ? [paragraph('Small', ''), signersTable(words)] : []),
		...(words.amendments.length > 0
			? [paragraph('Heading2', m.filing_amendments_whole()), ...words.amendments.flatMap(amendmentParagraphs)]
			: [])
	];
}

function itemParagraphs({ number, topic, lines, tasks, amendments }: ItemWords): readonly FileChild[] {
	const said = lines.flatMap(({ head, words, votes, time }) => [
		paragraph('Text', words, { strong: `${time}  ${head}  `, keepNext: votes !== undefined }),
		...(votes === undefined ? [] : [paragraph('Text', votes)])
	]);
	const given = tasks.map(({ words, owner }, index) => [
		[paragraph('Cell', String(index + 1))],
		[paragraph('Cell', words)],
		[paragraph('Cell', owner ?? '')]
	]);
	return [
		paragraph('Heading2', topic, { numbered: number !== '' }),
		...said,
		...(given.length > 0
			? [
					table({
						columns: [1, 6, 4],
						head: [m.filing_task_number(), m.filing_tasks(), m.filing_task_owner()],
						rows: given,
						lines: true
					})
				]
			: []),
		...(said.length + given.length === 0 ? [paragraph('Text', m.filing_item_empty())] : []),
		...amendments.flatMap(amendmentParagraphs)
	];
}

function amendmentParagraphs({ head, words, answer, late, absent }: AmendmentWords): readonly Paragraph[] {
	return [
		paragraph('Small', words, { strong: `${head}  `, keepNext: true }),
		...(late ? [paragraph('Small', m.filing_amendment_late(), { keepNext: true })] : []),
		...(absent ? [paragraph('Small', m.filing_amendment_absent(), { keepNext: true })] : []),
		paragraph('Small', answer ?? m.filing_unanswered())
	];
}

function photosTable(photos: readonly TakenPhoto[]): FileChild {
	const cells = photos.map(({ caption, jpeg }) =>
		jpeg
			? [photoPicture(jpeg, photoMost, caption), paragraph('Cell', caption)]
			: [paragraph('Cell', m.filing_photo_not_here({ caption }))]
	);
	return table({
		columns: [1, 1],
		lines: false,
		rows: Array.from({ length: Math.ceil(cells.length / 2) }, (_, row) => [
			cells[2 * row] ?? [],
			cells[2 * row + 1] ?? []
		])
	});
}

function signersTable({ signers }: MinutesWords): FileChild {
	return table({
		columns: signers.map(() => 1),
		lines: false,
		rows: [
			signers.map(({ role, name, signature }) => [
				paragraph('Cell', m.filing_signed({ role, name })),
				picture(signatureBitmap(signature), 45, m.filing_signature_of({ name }), 16)
			])
		]
	});
}
