/**
 * Chance that repeats itself: the same seed gives the same ids, names and orders, so a failing run can be run again.
 */
export interface Random {
  /** At least 0, below 1. */
  next(): number
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number
  pick<T>(items: readonly [T, ...T[]]): T
  shuffled<T>(items: readonly T[]): T[]
  bytes(length: number): Buffer
}

/** @param purpose keeps what is drawn for one thing apart from what the same seed draws for another */
export function createRandom(seed: number, purpose: string): Random {
  let state =
    [...purpose].reduce((mixed, letter) => Math.imul(mixed ^ letter.charCodeAt(0), 16_777_619), seed) >>> 0
  // mulberry32, public domain: small, fast and even enough for a play.
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1))
  return {
    next,
    between,
    pick: (items) => items[between(0, items.length - 1)] ?? items[0],
    shuffled(items) {
      return items
        .map((item) => ({ item, rank: next() }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ item }) => item)
    },
    bytes: (length) => Buffer.from(Array.from({ length }, () => between(0, 255))),
  }
}

/** The ids Zoom makes, in the forms it makes them. */
export const ids = {
  /** 24 characters of base64; may hold `/` and `+`, and with `slashes` begins with `/` and holds `//`. */
  meetingUuid(random: Random, slashes = false): string {
    const bytes = random.bytes(16)
    if (slashes) bytes.set([0xfc, 0x0f, 0xff, 0xc0], 0)
    return bytes.toString('base64')
  },
  /** Dashed upper-case GUID, as captured in deliveries. */
  participantUuid: (random: Random): string => guid(random).toUpperCase(),
  guid,
  /** 22 characters of base64url. */
  zoomUserId: (random: Random): string => random.bytes(16).toString('base64url'),
  meetingNumber: (random: Random): string => String(random.between(80_000_000_000, 89_999_999_999)),
  /** `xxxxxxxx_xxxx_xxxx_xxxx_xxxxxxxxxxxx`, as captured. */
  requestId: (random: Random): string => guid(random).replaceAll('-', '_'),
  hex: (random: Random, bytes: number): string => random.bytes(bytes).toString('hex'),
}

function guid(random: Random): string {
  const hex = random.bytes(16).toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
