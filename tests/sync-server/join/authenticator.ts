import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** What the page and the authenticator are told or lie about. */
export interface Ceremony {
	readonly challenge: string;
	readonly origin: string;
	readonly rpId: string;
	readonly counter?: number;
}

const userPresent = 0x01;
const attested = 0x40;

/** A phone's authenticator in software: one ES256 key, `none` attestation (WebAuthn Level 3, sections 6 and 8.7). */
export class Authenticator {
	readonly id = randomBytes(16);
	readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });

	create({ challenge, origin, rpId, counter = 0 }: Ceremony) {
		const length = Buffer.from([0, this.id.length]);
		const attestedData = [Buffer.alloc(16), length, this.id, this.#coseKey()];
		const authData = Buffer.concat([dataOf(rpId, userPresent | attested, counter), ...attestedData]);
		const attestationObject = Buffer.concat([
			Buffer.from('\u0000cfmtdnonegattStmt', 'latin1'),
			Buffer.from([0xa0]),
			Buffer.from('hauthData', 'latin1'),
			Buffer.from([0x58, authData.length]),
			authData
		]);
		attestationObject[0] = 0xa3;
		const clientDataJSON = clientData('webauthn.create', challenge, origin).toString('base64url');
		return {
			...this.#named(),
			response: { clientDataJSON, attestationObject: attestationObject.toString('base64url') }
		};
	}

	get({ challenge, origin, rpId, counter = 0 }: Ceremony, account: string) {
		const authData = dataOf(rpId, userPresent, counter);
		const client = clientData('webauthn.get', challenge, origin);
		const signed = Buffer.concat([authData, createHash('sha256').update(client).digest()]);
		return {
			...this.#named(),
			response: {
				clientDataJSON: client.toString('base64url'),
				authenticatorData: authData.toString('base64url'),
				signature: sign('sha256', signed, this.#keys.privateKey).toString('base64url'),
				userHandle: Buffer.from(account).toString('base64url')
			}
		};
	}

	#named() {
		const id = this.id.toString('base64url');
		return { id, rawId: id, type: 'public-key', clientExtensionResults: {} };
	}

	/** RFC 9053, 7.1.1: {1: 2, 3: -7, -1: 1, -2: x, -3: y} in CBOR. */
	#coseKey(): Buffer {
		const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' });
		return Buffer.concat([
			Buffer.from('a501020326200121' + '5820', 'hex'),
			Buffer.from(x, 'base64url'),
			Buffer.from('225820', 'hex'),
			Buffer.from(y, 'base64url')
		]);
	}
}

function dataOf(rpId: string, flags: number, counter: number): Buffer {
	const tail = Buffer.alloc(5);
	tail.writeUInt8(flags);
	tail.writeUInt32BE(counter, 1);
	return Buffer.concat([createHash('sha256').update(rpId).digest(), tail]);
}

function clientData(type: string, challenge: string, origin: string): Buffer {
	return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}
