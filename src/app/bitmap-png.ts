import { zlibSync } from 'fflate';

/** Rows of dots, `true` dark; all rows equally long. */
export type Bitmap = readonly (readonly boolean[])[];

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** A black and white PNG (ISO/IEC 15948), one bit a dot. */
export function pngOf(bitmap: Bitmap): Uint8Array<ArrayBuffer> {
	const width = bitmap[0]?.length ?? 0;
	const header = new Uint8Array(13);
	const numbers = new DataView(header.buffer);
	numbers.setUint32(0, width);
	numbers.setUint32(4, bitmap.length);
	// Bit depth 1, greyscale; compression, filters and interlacing as ever.
	header.set([1, 0, 0, 0, 0], 8);
	const chunks = [
		chunk('IHDR', header),
		chunk('IDAT', zlibSync(scanLines(bitmap, width))),
		chunk('IEND', new Uint8Array())
	];
	return joined([Uint8Array.from(signature), ...chunks]);
}

/** Each dot as a square of so many: what shows a small picture larger blurs it. */
export function enlarged(bitmap: Bitmap, times: number): Bitmap {
	const repeated = <Item>(item: Item) => Array.from({ length: times }, () => item);
	return bitmap.flatMap((row) => repeated(row.flatMap(repeated)));
}

/** Each line begins with its filter, none. A bit that is set is white. */
function scanLines(bitmap: Bitmap, width: number): Uint8Array {
	const length = 1 + Math.ceil(width / 8);
	const bytes = new Uint8Array(length * bitmap.length);
	bitmap.forEach((row, y) =>
		row.forEach((dark, x) => {
			const at = y * length + 1 + (x >> 3);
			if (!dark) bytes[at] = (bytes[at] ?? 0) | (0x80 >> (x & 7));
		})
	);
	return bytes;
}

/** Length, type, data, and the CRC-32 of type and data. */
function chunk(type: string, data: Uint8Array): Uint8Array {
	const checked = joined([Uint8Array.from(type, (letter) => letter.charCodeAt(0)), data]);
	const ends = new DataView(new ArrayBuffer(8));
	ends.setUint32(0, data.length);
	ends.setUint32(4, crc32(checked));
	return joined([new Uint8Array(ends.buffer, 0, 4), checked, new Uint8Array(ends.buffer, 4, 4)]);
}

function crc32(bytes: Uint8Array): number {
	let crc = 0xffffffff;
	for (const byte of bytes) {
		crc ^= byte;
		for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
	}
	return (crc ^ 0xffffffff) >>> 0;
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
	const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		all.set(part, at);
		at += part.length;
	}
	return all;
}
