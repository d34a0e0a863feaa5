import type { Encoding } from './portal-file.ts'

/** Takes bytes piece by piece; without any it is over, and what is left comes out. */
export type Decoder = (bytes?: Uint8Array) => string

/**
 * A decoder of one text. `TextDecoder`, but for windows-1252: Node 20 takes it for ISO 8859-1 and makes control characters of
 * its quotes, dashes and the euro sign (https://github.com/nodejs/node/issues/56542).
 */
export function createDecoder(encoding: Encoding): Decoder {
  const decoder = new TextDecoder(encoding)
  const decode: Decoder = (bytes) =>
    bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true })
  return encoding === 'windows-1252' ? (bytes) => decode(bytes).replaceAll(/[\x80-\x9f]/g, signOf) : decode
}

/** Bytes 0x80 to 0x9F: https://encoding.spec.whatwg.org/index-windows-1252.txt. Five of them are control characters indeed. */
const signs = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

const signOf = (control: string): string => signs.charAt(control.charCodeAt(0) - 0x80)
