/** An account to try, with the password made for this run. */
export interface ShownAccount {
	readonly name: string;
	readonly password: string;
}

/** What the demonstration prints once it can be visited. `accounts`: those in `shownAccounts`, in order. */
export function welcome(url: string, accounts: readonly ShownAccount[]): string {
	const width = Math.max(...accounts.map(({ name }) => name.length));
	const lines = accounts.map(({ name, password }) => {
		const who = shownAccounts.find((shown) => shown.name === name);
		return `  ${name.padEnd(width)}  ${password}  ${who?.zh ?? ''} · ${who?.en ?? ''}`;
	});
	return `
众耕演示 · Zhonggeng demonstration

  ${url}

${lines.join('\n')}

可以试试：
  1. 用 worker1 登录（窗口缩成手机大小），打开“今日”，选一个院落，给一户点“分对了”。
  2. 断开网络再记几户，右上角会写着有几条待传；连上网络，它们自己送达。
  3. 在另一个浏览器用 caochang-office 登录，看着刚才的打卡出现；再看这六周的参与率和正确率。
  4. 草厂社区第1网格前几天有三次打卡，两个人记得不一样：打开看看，选定一个。
住户、电话和打卡都是编造的。按 Ctrl+C 结束，演示数据随即删除。

To try:
  1. Log in as worker1 in a narrow window, open Today, choose a courtyard and tap one household's check-in.
  2. Go offline and record some more: the mark at the top says how many wait. Online again, they are delivered.
  3. Log in as caochang-office in another browser and see them arrive; then the rates of these six weeks.
  4. In grid 1 of Caochang two people recorded three check-ins differently some days ago: open one and choose.
Households, phone numbers and check-ins are made up. Ctrl+C ends it and deletes the demonstration's data.
`;
}

export const shownAccounts = [
	{ name: 'office', zh: '街道办，也管理账号', en: 'subdistrict office and administrator' },
	{ name: 'caochang-office', zh: '草厂社区居委会', en: 'community office of Caochang' },
	{ name: 'worker1', zh: '草厂社区第1网格网格员', en: 'grid worker, Caochang grid 1' },
	{ name: 'worker2', zh: '草厂社区两个网格的网格员', en: 'grid worker, both grids of Caochang' }
] as const;
