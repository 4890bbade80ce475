import { checkInEntity } from '#kinds/check-in.ts';
import { addDays, toDay } from '#kinds/day.ts';
import { hashOfBytes } from '#records/hash.ts';
import { revOf, seal, type Revision } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';

export const gridDatabase = 'zg-qianmen-caochang-g3';
export const gridRole = 'worker:qianmen/caochang/g3';

/** A check-in of household `number`; every number gives another record. */
export function checkInRecord(number: number, author: string): Revision {
	const household = toScope(`qianmen/caochang/g3/c${1 + (number % 40)}/h${1 + (number % 7)}`);
	const day = addDays(toDay('2026-01-01'), number);
	return seal({
		kind: 'check-in',
		entity: checkInEntity(household, day),
		parents: [],
		scope: household,
		author,
		device: 'phone1',
		at: '2026-11-23T01:02:03.004Z',
		body: { observed: { quality: 'correct', note: `第${number}次` } }
	});
}

export function checkInRecords(count: number, author: string, from = 0): readonly Revision[] {
	return Array.from({ length: count }, (_, index) => checkInRecord(from + index, author));
}

export interface Photo {
	readonly _id: string;
	readonly _rev: string;
	readonly _attachments: { readonly photo: { readonly content_type: string; readonly data: string } };
}

/** Bytes that begin as a WebP image does. */
export function webpBytes(seed: number, length = 2_000): Buffer {
	const bytes = Buffer.alloc(length, seed % 256);
	bytes.write('RIFF', 0, 'latin1');
	bytes.write(`WEBPVP8 ${seed}`, 8, 'latin1');
	return bytes;
}

export function photoOf(bytes: Buffer, content_type = 'image/webp'): Photo {
	const hash = hashOfBytes(bytes);
	return {
		_id: `photo:${hash}`,
		_rev: revOf(hash),
		_attachments: { photo: { content_type, data: bytes.toString('base64') } }
	};
}
