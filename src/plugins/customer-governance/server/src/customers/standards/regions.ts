import table from './regions.json';

/**
 * The administrative divisions of the state by their codes of GB/T 2260: provinces, prefectures and counties. Statistical
 * zones and the pseudo-prefectures of municipalities ("市辖区") are no divisions and are left out.
 */
export interface Region {
  /** Six digits. */
  code: string;
  name: string;
  /** From the province down: 浙江省杭州市西湖区. */
  path: string;
  level: 'province' | 'prefecture' | 'county';
  /** Whether the standard knows nothing below it: a county, or a city without districts such as 东莞市. */
  lowest: boolean;
}

interface Node extends Region {
  /** What addresses leave off: 浙江 for 浙江省, 杭州 for 杭州市; of a county its name alone. */
  names: string[];
  children: Node[];
}

const SHORT_OF_PROVINCE =
  /^(?:内蒙古|黑龙江|广西|西藏|宁夏|新疆|香港|澳门|..)(?=省|市|.*自治区|特别行政区)/u;
const LONG_PREFECTURE = /^(..+?)(?:市|地区|盟)$/u;
const SPACES = /[\s,，、]/gu;
/** Normalising an endless text would take as long. */
const MAX_LENGTH = 300;
const COUNTRY = /^(?:中华人民共和国|中国)/u;
const POSTAL_CODE = /^\d{6}(?!\d|号|弄)/u;

const byCode = new Map<string, Node>();
const provinces: Node[] = Object.entries(table as Record<string, Record<string, string>>).map(
  ([head, prefectures]) => {
    const [digits = '', name = ''] = head.split(' ');
    const short = SHORT_OF_PROVINCE.exec(name)?.[0];
    const province = node(`${digits}0000`, name, '', 'province', short ? [short] : []);
    for (const [place, counties] of Object.entries(prefectures)) {
      const [middle = '', called] = place.split(' ');
      const short = called && LONG_PREFECTURE.exec(called)?.[1];
      const prefecture = called
        ? node(`${digits}${middle}00`, called, name, 'prefecture', short ? [short] : [])
        : null;
      if (prefecture) province.children.push(prefecture);
      const above = prefecture ?? province;
      for (const county of counties.split(' ').filter(Boolean)) {
        above.children.push(
          node(`${digits}${middle}${county.slice(0, 2)}`, county.slice(2), above.path, 'county')
        );
      }
    }
    return province;
  }
);

function node(
  code: string,
  name: string,
  above: string,
  level: Region['level'],
  short: string[] = []
): Node {
  const made: Node = {
    code,
    name,
    path: above + name,
    level,
    get lowest() {
      return made.children.length === 0;
    },
    names: [name, ...short],
    children: [],
  };
  byCode.set(code, made);
  return made;
}

/** Counties whose name no other one has: 义乌市, but not 西湖区. */
const uniqueCounties = (() => {
  const named = new Map<string, Node | null>();
  for (const county of byCode.values()) {
    if (county.level !== 'county') continue;
    named.set(county.name, named.has(county.name) ? null : county);
  }
  return [...named.values()].filter(
    (county) => county !== null && county.name.length > 2
  ) as Node[];
})();
const prefectures = provinces.flatMap(({ children }) => children).filter(isPrefecture);

const viewOf = ({ code, name, path, level, lowest }: Node): Region => ({
  code,
  name,
  path,
  level,
  lowest,
});

/** The division of a code. */
export function regionAt(code: string): Region | null {
  const found = byCode.get(code);
  return found ? viewOf(found) : null;
}

/** The divisions directly below one; of nothing, the provinces. */
export function regionsBelow(code: string | null): Region[] {
  return (code === null ? provinces : (byCode.get(code)?.children ?? [])).map(viewOf);
}

/** Whether one division is another one or lies in it. */
export function isWithin(code: string, within: string): boolean {
  return code.startsWith(within.replace(/(?:00)+$/, ''));
}

/**
 * The smallest division that an address begins with, and what follows it. Provinces and prefectures may be written without
 * their last word; a county stands whole, else 西湖 would be found in 西湖路.
 */
export function regionOfAddress(address: string): { region: Region; rest: string } | null {
  const text = address
    .slice(0, MAX_LENGTH)
    .normalize('NFKC')
    .replace(SPACES, '')
    .replace(POSTAL_CODE, '')
    .replace(COUNTRY, '');
  const province = startOf(text, provinces);
  const first = province
    ? inProvince(province)
    : (startOf(text, prefectures) ?? startOf(text, uniqueCounties));
  if (!first) return null;
  const found = isPrefecture(first.node)
    ? (startOf(first.rest, first.node.children) ?? first)
    : first;
  return { region: viewOf(found.node), rest: found.rest };
}

function inProvince({ node, rest }: Found): Found {
  const prefecture = startOf(rest, node.children);
  if (prefecture) return prefecture;
  // 北京市北京市朝阳区: forms that ask for a city repeat the municipality.
  const after = rest.startsWith(node.name) ? rest.slice(node.name.length) : rest;
  const counties = node.children.flatMap(({ children }) => children);
  return startOf(after, node.children) ?? startOf(after, counties) ?? { node, rest };
}

function isPrefecture({ level }: Node): boolean {
  return level === 'prefecture';
}

interface Found {
  node: Node;
  rest: string;
}

/** The candidate with the longest name that the text begins with. */
function startOf(text: string, candidates: readonly Node[]): Found | null {
  let best: { node: Node; length: number } | null = null;
  for (const node of candidates) {
    for (const name of node.names) {
      if (name.length > (best?.length ?? 0) && text.startsWith(name)) {
        best = { node, length: name.length };
      }
    }
  }
  return best && { node: best.node, rest: text.slice(best.length) };
}

/** The division that a code or a name in words stands for; names of several need those above them. */
export function regionNamed(text: string): Region | null {
  const code = /^\d{6}$/.test(text) ? regionAt(text) : null;
  if (code) return code;
  const named = regionOfAddress(text);
  return named && named.rest === '' ? named.region : null;
}
