import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { knownDevice, type KnownDevice, type NamedDevice } from '#access/devices-api.ts';

const hexHash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/**
 * A device as the `devices` database keeps it, under `device:<account>:<device>`.
 *
 * `session`: random; signed into its cookies, so that another ends all sessions it has.
 * `handover`: SHA-256 of the secrets it may hand over with, the latest first; [] for one that did not name itself.
 * `forgotten`: its account's household had its data erased; no name and no time is left of it.
 */
const storedDevice = v.object({
	...v.omit(knownDevice, ['roles', 'display']).entries,
	session: v.string(),
	handover: v.array(hexHash),
	signedOut: v.optional(v.string()),
	forgotten: v.optional(v.literal(true))
});
export type Device = v.InferOutput<typeof storedDevice>;

/** A device that signs in. */
export interface ArrivingDevice {
	readonly id: string;
	readonly label: string;
	/** Whether it named itself, and so keeps a secret to hand over with. */
	readonly named: boolean;
}

const maxLabel = 200;

/**
 * With a word in front: the LevelDB adapter lists no ids that begin with a letter beyond U+00FF, as accounts may.
 * `device` of '' begins the ids of all the account's.
 */
export function deviceDocId(account: string, device: string): string {
	return `device:${account}:${device}`;
}

/** What is left of a device when the personal data of its household is erased. @param revoked when it was not. */
export function forgotten({ account, device, handover }: Device, revoked: Device['revoked']): Device {
	const nothing = { label: '', firstSeen: '', lastContact: '', session: '' };
	return { account, device, ...nothing, handover, revoked, forgotten: true };
}

/** Undefined when the document is no device's. */
export function readDevice(doc: Readonly<Record<string, unknown>>): Device | undefined {
	const parsed = v.safeParse(storedDevice, doc);
	return parsed.success ? parsed.output : undefined;
}

/** What those may see of it who may revoke it. */
export function toKnown(
	{ account, device, label, firstSeen, lastContact, revoked, revokedBefore }: Device,
	owner: Pick<KnownDevice, 'roles' | 'display' | 'closed'> = {}
): KnownDevice {
	return {
		...{ account, device, label, firstSeen, lastContact },
		...(revoked && { revoked }),
		...(revokedBefore && { revokedBefore }),
		...owner
	};
}

/** A device by what it says of itself, else by its User-Agent: all that send the same are one. */
export function arrivingDevice(named: NamedDevice | undefined, userAgent: string): ArrivingDevice {
	const label = userAgent
		.replaceAll(/\p{Cc}/gu, ' ')
		.trim()
		.slice(0, maxLabel)
		.toWellFormed();
	if (named) return { id: named.id, label: named.label ?? (label || named.id), named: true };
	const digest = createHash('sha256').update(userAgent).digest('hex').slice(0, 16);
	return { id: `agent-${digest}`, label: label || '-', named: false };
}
