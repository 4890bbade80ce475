import type * as v from 'valibot';
import {
	deviceStanding,
	handoverAnswer,
	type DeviceStanding,
	type HandoverAnswer
} from '#access/devices-api.ts';
import type { DeviceStore } from '#records/device-store.ts';
import type { Photo } from '#records/phone-store.ts';
import type { Revision } from '#records/revision.ts';
import { base64 } from '#records/base64.ts';
import { askJson, type Wire } from './wire.ts';

/** What is handed over in one request. */
export interface Parcel {
	readonly revisions: readonly Revision[];
	readonly photos: readonly Photo[];
}

/** Where a device asks how it stands and hands over, whatever became of its session: `#access/devices-api.ts`. */
export class DeviceDesk {
	readonly #wire: Wire;
	readonly #authorization: string;

	constructor(wire: Wire, account: string, device: string, secret: string) {
		this.#wire = wire;
		const credentials = new TextEncoder().encode(`${account}:${device}:${secret}`);
		this.#authorization = `Device ${base64(credentials)}`;
	}

	/** @throws WireError */
	async standing(): Promise<DeviceStanding> {
		return this.#ask('/api/device', deviceStanding, {});
	}

	/** What is on the server's disk from now on, and what it will not take. @throws WireError */
	async handOver({ revisions, photos }: Parcel): Promise<HandoverAnswer> {
		const body = JSON.stringify({
			records: revisions,
			photos: photos.map(({ hash, type, bytes }) => ({ hash, type, data: base64(bytes) }))
		});
		return this.#ask('/api/handover', handoverAnswer, { method: 'POST', body });
	}

	#ask<Schema extends v.GenericSchema>(path: string, schema: Schema, init: RequestInit) {
		return askJson(this.#wire, path, schema, { ...init, headers: { Authorization: this.#authorization } });
	}
}

/** Undefined when this device was given no secret: it signed in before there were any. */
export async function deskOf(
	account: string,
	device: Pick<DeviceStore, 'id' | 'handover'>,
	wire: Wire
): Promise<DeviceDesk | undefined> {
	const handover = await device.handover(account);
	return handover && new DeviceDesk(wire, account, await device.id(), handover.secret);
}
