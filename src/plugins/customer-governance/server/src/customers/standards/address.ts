import { isWithin, regionAt, regionOfAddress, type Region } from './regions';

/** By attribute of a customer what is taken from its value, tells a part of it, and so goes with it. */
export const TAKEN_FROM: Readonly<Record<string, readonly string[]>> = { address: ['region'] };

/** What an address tells of the place, beyond its form. */
export interface AddressPlace {
  /** `null` when the address names no division that is known. */
  region: Region | null;
  /** What is missing or does not fit; none when it is clear where this is. */
  problems: Array<{ attribute: 'address' | 'region'; reason: string }>;
}

/** A road, a village, an estate, or a building: what a house number is the number of. */
const ROAD =
  /[路街道巷弄村屯庄里园苑城院厦楼座场广坊组桥港湾]|\b(?:street|st|road|rd|avenue|ave|lane|drive|square|building)\b/iu;
const HAN = /\p{Script=Han}/u;

/**
 * Where an address lies and whether it can be found there. Only addresses in Chinese are held against the divisions of the
 * state; one abroad has none.
 * @param region the code that stands beside it, if any.
 */
export function placeOf(address: string, region: string | null): AddressPlace {
  if (!HAN.test(address)) return { region: null, problems: [] };
  const found = regionOfAddress(address);
  const problems: AddressPlace['problems'] = [];
  if (!found) {
    problems.push({
      attribute: 'address',
      reason:
        'begins with no known province, city and county. Write it from the province down, as in 浙江省杭州市西湖区',
    });
  } else if (!found.region.lowest) {
    problems.push({
      attribute: 'address',
      reason: `names no district or county of ${found.region.path}. Add it`,
    });
  }
  if (found && !ROAD.test(found.rest)) {
    problems.push({
      attribute: 'address',
      reason: 'names no road, village or building. Add it before the house number',
    });
  }
  if (
    found &&
    region &&
    !isWithin(region, found.region.code) &&
    !isWithin(found.region.code, region)
  ) {
    problems.push({
      attribute: 'region',
      reason: `is ${regionAt(region)?.path ?? 'another place'}, and the address begins with another one. Correct one of the two`,
    });
  }
  return { region: found?.region ?? null, problems };
}
