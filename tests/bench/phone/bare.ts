/** IndexedDB without anything of ours: one object store. */
export function bareDatabase(name: string): Promise<IDBDatabase> {
	return new Promise((resolve, reject) => {
		const opening = indexedDB.open(name, 1);
		opening.onupgradeneeded = () => opening.result.createObjectStore('records', { autoIncrement: true });
		opening.onsuccess = () => resolve(opening.result);
		opening.onerror = () => reject(opening.error ?? new Error('not opened'));
	});
}

/** Puts one value down; resolves when the transaction is complete. */
export function bareWrite(
	db: IDBDatabase,
	value: unknown,
	durability: IDBTransactionDurability
): Promise<void> {
	return bareWrites(db, [value], durability);
}

/** Puts values down, one a row. */
export function bareWrites(
	db: IDBDatabase,
	values: readonly unknown[],
	durability: IDBTransactionDurability
): Promise<void> {
	return new Promise((resolve, reject) => {
		const transaction = db.transaction('records', 'readwrite', { durability });
		const store = transaction.objectStore('records');
		for (const value of values) store.put(value);
		transaction.oncomplete = () => resolve();
		transaction.onabort = () => reject(transaction.error ?? new Error('not put'));
	});
}
