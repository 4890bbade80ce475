/** What the browser says of the room this app has on the device. Bytes; undefined where it does not say. */
export interface StorageRoom {
	readonly used: number | undefined;
	readonly quota: number | undefined;
	/** Whether the browser promised not to clear it by itself. */
	readonly persistent: boolean;
}

/** Absent where the page is not a secure context. */
type Storage = Partial<StorageManager> | undefined;

export async function storageRoom(storage: Storage): Promise<StorageRoom> {
	const estimate = await storage?.estimate?.();
	const persistent = await storage?.persisted?.();
	return { used: estimate?.usage, quota: estimate?.quota, persistent: persistent ?? false };
}

/** Asks the browser to keep what is here until a person clears it. Whether it promised. */
export async function askToPersist(storage: Storage): Promise<boolean> {
	if (await storage?.persisted?.()) return true;
	return (await storage?.persist?.()) ?? false;
}
