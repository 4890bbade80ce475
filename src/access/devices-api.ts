import * as v from 'valibot';
import { isScope, type Scope } from '#records/scope.ts';
import { shortText } from '#kinds/text.ts';

/**
 * Devices that signed in, and what they hand over when they may no longer send it themselves.
 *
 * Every login names its device: `POST /db/_session` and `POST /api/join` take `device: NamedDevice` and answer with
 * `handover`, a secret that the device keeps. A client that names none is known by its User-Agent and gets no secret.
 * With `Authorization: Device <base64 of "account:deviceId:secret">`, whatever became of its session:
 *
 *     GET  /api/device      DeviceStanding
 *     POST /api/handover    Handover → HandoverAnswer
 *
 * With a session (`mayManage` for other accounts' devices, `mayDecideFor` for what was handed over):
 *
 *     GET  /api/devices                                  { devices: KnownDevice[] }: one's own, and within one's places
 *     POST /api/devices/{account}/{device}/revoke        → { ok: true }: its sessions end
 *     GET  /api/handovers                                { handovers: HandedOver[] }
 *     POST /api/handovers/{id}                           { decision: 'accept' | 'drop' } → HandedOver
 */
export const namedDevice = v.strictObject({
	id: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/)),
	/** As its user would call it: 安卓手机 Chrome. */
	label: v.optional(shortText)
});
export type NamedDevice = v.InferOutput<typeof namedDevice>;

/** A household whose personal data of `before` (ISO 8601, UTC) was erased. `id`: the erasure's. */
const erasedHousehold = v.object({
	id: v.string(),
	household: v.custom<Scope>(isScope, 'not a household'),
	before: v.string()
});
export type ErasedHousehold = v.InferOutput<typeof erasedHousehold>;

/**
 * `active`: may sign in as ever. `revoked`: by an office; hand over and wipe. `closed`: the account is disabled or gone;
 * the same. `erased`: every erasure that the account may know of, for what lies on a device that nobody signs in on; [] but
 * for `active`.
 */
export const deviceStanding = v.object({
	standing: v.picklist(['active', 'revoked', 'closed']),
	erased: v.array(erasedHousehold)
});
export type DeviceStanding = v.InferOutput<typeof deviceStanding>;

export const knownDevice = v.object({
	account: v.string(),
	device: v.string(),
	label: v.string(),
	firstSeen: v.string(),
	lastContact: v.string(),
	revoked: v.optional(v.object({ at: v.string(), by: v.string() })),
	/** Its account is disabled: shut out all the same. Absent otherwise. */
	closed: v.optional(v.literal(true)),
	/** It was revoked then, and has signed in anew since. */
	revokedBefore: v.optional(v.object({ at: v.string(), by: v.string() })),
	/** The account's, for whoever has to tell one device from another; absent when the account is gone. */
	roles: v.optional(v.array(v.string())),
	/** The account's, if it has one. */
	display: v.optional(v.string())
});
export type KnownDevice = v.InferOutput<typeof knownDevice>;

/** Records as they are in every database, and photos as their bytes in base64. At most 500 of both in one request. */
export const handover = v.strictObject({
	records: v.pipe(v.array(v.unknown()), v.maxLength(500)),
	photos: v.pipe(
		v.array(
			v.strictObject({ hash: v.string(), type: v.picklist(['image/webp', 'image/jpeg']), data: v.string() })
		),
		v.maxLength(500)
	)
});

/**
 * `kept`: ids of records, and `photo:<hash>`, that are on the server's disk, apart from all databases of records;
 * again, they are kept once. `refused`: those that are broken, each with a code and words as for a push; one
 * without an id is called by its place, `#0`. A photo is kept with a record of the same request that names it.
 */
export const handoverAnswer = v.object({
	kept: v.array(v.string()),
	refused: v.array(v.object({ id: v.string(), reason: v.string() }))
});
export type HandoverAnswer = v.InferOutput<typeof handoverAnswer>;

export const handedOver = v.object({
	id: v.string(),
	account: v.string(),
	device: v.string(),
	at: v.string(),
	/** A record, checked as everywhere. Photos that it names were handed over beside it and go with it. */
	record: v.unknown(),
	decided: v.optional(v.object({ decision: v.picklist(['accept', 'drop']), at: v.string(), by: v.string() }))
});
export type HandedOver = v.InferOutput<typeof handedOver>;
