/** Words written small inside a name, where they are neither first nor last. */
const particles = new Set([
  ...[
    'van',
    'von',
    'der',
    'den',
    'de',
    'del',
    'della',
    'di',
    'da',
    'das',
    'dos',
    'du',
    'la',
    'le',
    'el',
    'bin',
    'binti',
  ],
  ...[
    'ibn',
    'ter',
    'ten',
    'zu',
    'zum',
    'zur',
    'af',
    'av',
    'och',
    'and',
    'und',
    'et',
    'фон',
    'де',
    'ван',
    'дер',
    'ибн',
  ],
])
const titles = new Set(['mr', 'mrs', 'ms', 'dr', 'st', 'jr', 'sr', 'др'])

/** Latin and Cyrillic only: other scripts have no capitals, or rules of their own. */
const twoCases = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{M}'’.\-‐‑ ]+$/u
/** A Turkish I has two small letters, and a small i two capitals. */
const turkish = /İ|ı|(?=.*[ŞşĞğ]).*[Ii]/u
/** "Macdonald", "MacDonald" and "Macchi": nobody can see which. */
const mac = /(?:^| |-)mac\p{L}{3}/iu
/** Numbers of kings, from two letters on. */
const numeral = /^(?=..)X{0,2}(?:IX|IV|V?I{0,3})$/i
/** Numbers that are names as well: "Pius XI" and "Li Xi", "Henry VI" and "Nguyen Thi Vi". */
const numberOrName = /^[VX]I$/i
/** Kinds of firms and schools, and what is written in capitals for good: what stands beside them is no person, or nobody knows. */
const abbreviation =
  /(?:^|[ -])(?:им|ип|ао|ооо|оао|зао|пао|нко|нпо|чоу|гоу|сош|гбоу|мбоу|маоу|мкоу|вшэ|мфти|спбгу|llc|ltd|inc|gmbh|nasa|usa)(?![\p{L}\p{M}])/iu
/** Two consonants and a vowel are no Russian name: "МГУ". */
const cluster = /(?:^| )[бвгджзклмнпрстфхцчшщ]{2}[аеёиоуыэюя](?![\p{L}\p{M}])/iu
const vowel = /[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýаеёиоуыэюяіїє]/iu

/**
 * A name all in capitals or all in small letters as names are written: "ANNA-MARIA VAN DER BERG" is "Anna-Maria van der Berg".
 * The name as it is where that is not sure: other scripts, digits and signs, abbreviations and words of three
 * capitals that may be one, numbers that may be names, and whatever has both cases already ("McDonald", "Anna PETROVA").
 */
export function tidyCase(name: string): string {
  if (!twoCases.test(name) || turkish.test(name) || mac.test(name)) return name
  if (abbreviation.test(name) || cluster.test(name)) return name
  const [upper, lower] = [name.toUpperCase() === name, name.toLowerCase() === name]
  if (upper === lower) return name
  const words = name.split(' ')
  if (words.slice(1).some((word) => numberOrName.test(word))) return name
  const longest = Math.max(...words.map((word) => word.replace(/[^\p{L}]/gu, '').length))
  if (longest < (upper && words.length === 1 ? 4 : 3)) return name
  return words
    .map((word, i) => tidyWord(word, { isFirst: i === 0, isLast: i === words.length - 1 }))
    .join(' ')
}

function tidyWord(word: string, { isFirst, isLast }: { isFirst: boolean; isLast: boolean }): string {
  const small = word.toLowerCase()
  if (!isFirst && !isLast && particles.has(small)) return small
  if (titles.has(small)) return capital(small)
  // Capitals that are no word: initials ("JP", "МВ"), and numbers, which no name begins with: "Xi Jinping".
  if (/^\p{Lu}{2,3}$/u.test(word) && !vowel.test(word)) return word
  if (!isFirst && numeral.test(word)) return word.toUpperCase()
  return small
    .split(/(?<=[-‐‑.])/u)
    .map((part) =>
      capital(part).replace(innerCapital, (_, before: string, next: string) => before + next.toUpperCase()),
    )
    .join('')
}

/** "McDonald", "O’Brien", "D’Angelo". */
const innerCapital = /^(Mc|[OD]['’])(\p{Ll})/u

const capital = (part: string): string => part.replace(/\p{Ll}/u, (letter) => letter.toUpperCase())
