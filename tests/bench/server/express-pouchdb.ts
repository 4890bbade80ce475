/**
 * express-pouchdb as its makers start it for PouchDB's clients, on a LevelDB store: no accounts, no checks, and what
 * it acknowledges the operating system has, not the disk. To be run where the peers are installed, with the folder
 * of the store as its argument.
 */
export const expressPouchDB = `
import { createRequire } from 'node:module';
import express from 'express';
import expressPouchDB from 'express-pouchdb';

const folder = process.argv.at(-1);
const PouchDB = createRequire(process.cwd() + '/')('pouchdb-node').defaults({ prefix: folder + '/' });
const app = express();
app.use('/', expressPouchDB(PouchDB, { mode: 'minimumForPouchDB' }));
const server = app.listen(0, '127.0.0.1', () => {
	console.log('listening on http://127.0.0.1:' + server.address().port);
});
`;
