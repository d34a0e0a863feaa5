import type { Cleaning } from './cleaning.ts'

/** Domains that most private addresses have. Shorter ones are left out: too many others are one letter away. */
const domains = [
  ...[
    'gmail.com',
    'googlemail.com',
    'hotmail.com',
    'hotmail.fr',
    'outlook.com',
    'icloud.com',
    'yahoo.com',
    'yahoo.co.uk',
  ],
  ...['protonmail.com', 'proton.me', 't-online.de', 'orange.fr', 'libero.it', 'seznam.cz', 'naver.com'],
  ...['yandex.ru', 'yandex.com', 'yandex.by', 'yandex.kz', 'mail.ru', 'inbox.ru', 'rambler.ru'],
]
/** Those that exist under no other ending: "gmail.co" is a slip though Colombia is a country. */
const underOneEnding = ['gmail.com', 'googlemail.com', 'icloud.com']
/** Real domains, or slips of nobody knows which, one letter away from one of the above. */
const leftAlone = new Set(['mail.com', 'ymail.com', 'email.com', 'email.ru', 'gmail.ru'])

const roles =
  /^(?:info|support|no-?reply|do-?not-?reply|admin|administrator|office|contact|hello|help|sales|team|mail|post|postmaster|webmaster|abuse|billing|hr|jobs|marketing|newsletter|press|secretary|service|reception|sekretariat|kontakt|buero|bureau|contacto|kanzlei|school|zoom|all|staff)(?:\+.*)?$/

const address =
  /^(?=.{3,254}$)(?=[^@]{1,64}@)[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*@(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?\.)+[\p{L}\p{M}\p{N}-]{2,63}$/u

/**
 * Whether a text is an e-mail address: one @, something on both sides, a domain of labels with a dot; what mail servers in use
 * accept, in any script (RFC 5321 and 6531, no quoted parts). It is looked at in small letters, as addresses are kept.
 */
export const isAddress = (text: string): boolean => address.test(text.toLowerCase())

/** With what an address may have around it; an address itself has 254 at most. */
const LONGEST = 320

/** What to tell of an address: that it is none, whose domain was meant, or that nobody in particular reads it. */
export function cleanedEmail(email: string): Cleaning[] {
  const found: Cleaning[] = []
  // Nobody has mended such a thing by a letter or two, and patterns take their time over it.
  if (email.length > LONGEST) return [{ of: 'email', code: 'syntax', proposed: null }]
  let tidy = email
  const propose = (code: Cleaning['code'], proposed: string): void => {
    if (proposed === tidy) return
    tidy = proposed
    found.push({ of: 'email', code, proposed })
  }
  propose('spaces', tidy.replace(/[\s\p{Cc}\p{Cf}]+/gu, ''))
  if (!isAddress(tidy)) {
    const mended = tidy
      .replace(/^mailto:/i, '')
      .replace(/^[<("']+|[>)"',;.]+$/g, '')
      .replace(/,(?=[a-z]{2,}$)/i, '.')
    // What is no address either way is not proposed with fewer spaces, nor is what becomes one only when mended.
    const proposed = isAddress(mended) ? mended : null
    found.splice(0, found.length, { of: 'email', code: 'syntax', proposed })
    if (proposed === null) return found
    tidy = proposed
  }
  const at = tidy.lastIndexOf('@')
  const [local, domain] = [tidy.slice(0, at), tidy.slice(at + 1)]
  propose('typo', `${local}@${meantDomain(domain.toLowerCase()) ?? domain}`)
  if (roles.test(local.toLowerCase())) found.push({ of: 'email', code: 'role_address', proposed: null })
  return found
}

/** The one domain of the list within one slip; null for none, for several, and for a domain that may exist itself. */
function meantDomain(domain: string): string | null {
  if (domains.includes(domain) || leftAlone.has(domain)) return null
  const near = domains.filter(
    (known) => isOneSlip(domain, known) && (underOneEnding.includes(known) || !isElsewhere(domain, known)),
  )
  const [only, other] = near.length > 1 ? near.filter((known) => isSwap(domain, known)) : near
  return other === undefined ? (only ?? null) : null
}

/** The same name under the ending of another country: "yandex.uz" is no slip, "yandex.tu" is, for no country is called that. */
function isElsewhere(domain: string, known: string): boolean {
  const [name, ending] = [domain.slice(0, domain.lastIndexOf('.')), domain.slice(domain.lastIndexOf('.') + 1)]
  if (!known.startsWith(`${name}.`) || !/^[a-z]{2}$/.test(ending)) return false
  return countries.of(ending.toUpperCase()) !== undefined
}
const countries = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })

/** One letter too many, too few, another, or two neighbours swapped (Damerau–Levenshtein distance 1). */
function isOneSlip(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false
  let from = 0
  while (from < a.length && a[from] === b[from]) from++
  const [restA, restB] = [a.slice(from), b.slice(from)]
  return (
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    restA.slice(1) === restB.slice(1) ||
    isSwap(restA, restB)
  )
}

function isSwap(a: string, b: string): boolean {
  let from = 0
  while (from < a.length && a[from] === b[from]) from++
  return (
    a.length === b.length &&
    a[from] === b[from + 1] &&
    a[from + 1] === b[from] &&
    a.slice(from + 2) === b.slice(from + 2)
  )
}
