/** For a server’s process, before anything else of it: its clock is ahead by so many days. */
const ahead = Number(process.env['TEST_DAYS_AHEAD']) * 86_400_000;
const now = Date.now.bind(Date);
Date.now = () => now() + ahead;
