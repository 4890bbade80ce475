import { m } from '#paraglide/messages.js';

/** 这台设备, or 设备 3f9a0c: which device recorded something. `own`: the one that is looked at. */
export function deviceText(device: string, own: string): string {
	return device === own ? m.history_this_device() : m.history_other_device({ id: device.slice(0, 6) });
}
