import { createMiddleware } from 'hono/factory';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { isSecret } from '../auth/secret.ts';
import { CouchError, unauthorized } from '../couch-error.ts';
import type { ServerEnv } from '../server-env.ts';
import type { Device } from './device.ts';
import type { Devices } from './devices.ts';

/** A whole office may share an address. */
const failuresPerAddress = { points: 100, duration: 15 * 60 };
const requestsPerDevice = { points: 120, duration: 60 };

/** What the middleware hands down besides. */
export interface DeviceEnv extends ServerEnv {
	Variables: ServerEnv['Variables'] & { bearer: Device };
}

/**
 * Says which device a request is from by `Authorization: Device <base64 of "account:deviceId:secret">`, whatever
 * became of its session, its account or the device itself.
 * @throws CouchError 401 for a secret that is not its own, 429 after too many of them or too many requests.
 */
export function deviceAuthorization(devices: Devices) {
	const failures = new RateLimiterMemory(failuresPerAddress);
	const requests = new RateLimiterMemory(requestsPerDevice);
	return createMiddleware<DeviceEnv>(async (c, next) => {
		const { address } = c.get('client');
		await consume(failures, address);
		const device = await deviceOf(c.req.header('Authorization'), devices);
		if (!device) throw unauthorized('This device is not known here.');
		await failures.reward(address, 1);
		await consume(requests, `${device.account}:${device.device}`);
		c.set('bearer', device);
		await next();
	});
}

async function deviceOf(header: string | undefined, devices: Devices): Promise<Device | undefined> {
	const [, encoded] = /^Device +([A-Za-z0-9+/=_-]{1,1000}) *$/i.exec(header ?? '') ?? [];
	const given = Buffer.from(encoded ?? '', 'base64').toString();
	const [, account, id, secret] = /^([^:]+):([^:]+):([^:]+)$/.exec(given) ?? [];
	if (!account || !id || !secret) return undefined;
	const device = await devices.find(account, id);
	return isSecret(secret, device?.handover ?? []) ? device : undefined;
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
	try {
		await limiter.consume(key);
	} catch (rejected) {
		if (!(rejected instanceof RateLimiterRes)) throw rejected;
		const seconds = Math.max(1, Math.ceil(rejected.msBeforeNext / 1000));
		throw new CouchError(429, 'too_many_requests', `Too many requests. Try again in ${seconds} seconds.`, {
			'Retry-After': String(seconds)
		});
	}
}
