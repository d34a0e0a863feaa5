/**
 * A real Chromium for tests, demo screenshots and journeys, with nothing installed by hand.
 *
 * The browser comes from npm (`@sparticuz/chromium`): it is unpacked once into `node_modules/.cache`, together with
 * the libraries and fonts it ships, and started with the sandbox off and every other protection on (the package's
 * own flags switch web security off, so we do not use them). `CHROMIUM_PATH` names another browser instead.
 */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'

/**
 * Starts a headless Chromium; close it with `browser.close()`.
 *
 * @throws when the unpacked browser cannot start; the message names `CHROMIUM_PATH` as the way out.
 */
export async function openBrowser(): Promise<Browser> {
  const own = process.env['CHROMIUM_PATH']
  if (own) return chromium.launch({ executablePath: own, args: FLAGS, chromiumSandbox: false })

  const home = await unpackChromium()
  try {
    return await chromium.launch({
      executablePath: join(home, 'chromium'),
      args: FLAGS,
      chromiumSandbox: false,
      // Under the C locale the browser would call its language `en-US@posix`, which no Intl object accepts.
      env: {
        ...process.env,
        LANG: 'en_US.UTF-8',
        LC_ALL: 'en_US.UTF-8',
        ...libraryPath(home),
        FONTCONFIG_FILE: join(home, 'fonts.conf'),
      },
    })
  } catch (cause) {
    throw new Error(
      `The Chromium from npm did not start on this machine (${process.platform} ${process.arch}). ` +
        'Set CHROMIUM_PATH to a Chromium or Chrome that does.',
      { cause },
    )
  }
}

/** Harmless ones only: no GPU to look for, one language, and text laid out alike on every machine. */
const FLAGS = ['--disable-gpu', '--font-render-hinting=none', '--force-color-profile=srgb', '--lang=en-US']

/** The bundled NSS and expat; beyond them the binary needs only the C library. */
function libraryPath(home: string): { LD_LIBRARY_PATH: string } {
  const existing = process.env['LD_LIBRARY_PATH']
  const bundled = join(home, 'al2023', 'lib')
  return { LD_LIBRARY_PATH: existing ? `${bundled}:${existing}` : bundled }
}

/**
 * Unpacks browser, libraries and fonts once and returns their folder. Safe to call from several processes at a time:
 * each unpacks beside the goal and the first rename wins.
 */
async function unpackChromium(): Promise<string> {
  const cache = cacheFolder()
  const home = join(cache, `chromium-${await packageVersion()}`)
  if (existsSync(join(home, 'fonts.conf'))) return home

  const staging = join(cache, `unpacking-${randomBytes(6).toString('hex')}`)
  await mkdir(staging, { recursive: true })
  try {
    await inflateInto(staging)
    await chmod(join(staging, 'chromium'), 0o755)
    await writeFile(join(staging, 'fonts.conf'), fontConfiguration(home))
    await rename(staging, home)
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    if (!existsSync(join(home, 'fonts.conf'))) throw error
  }
  return home
}

/**
 * The package writes to the process's temporary folder and adds its libraries only where it believes to be on AWS
 * (both by environment), so it unpacks in a child process of its own.
 */
function inflateInto(folder: string): Promise<void> {
  const script =
    "const { default: chromium } = await import('@sparticuz/chromium'); await chromium.executablePath()"
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: dirname(fileURLToPath(import.meta.url)),
    env: { ...process.env, NODE_OPTIONS: '', TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaint = ''
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`Unpacking Chromium failed: ${complaint.trim()}`))
    })
  })
}

/**
 * The bundled Open Sans (Latin, Cyrillic, Greek, Hebrew) stands for the system's fonts, so that screenshots look alike
 * everywhere; fonts of the machine fill in what it lacks (emoji, Arabic, CJK), where there are any.
 */
function fontConfiguration(home: string): string {
  const standIns = ['system-ui', 'sans-serif', 'Segoe UI', 'Helvetica', 'Arial', 'Roboto', 'Helvetica Neue']
  const aliases = standIns.map(
    (family) =>
      `  <match target="pattern"><test name="family"><string>${family}</string></test>` +
      '<edit name="family" mode="prepend" binding="strong"><string>Open Sans</string></edit></match>',
  )
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    `  <dir>${join(home, 'fonts', 'fonts')}</dir>`,
    '  <dir>/usr/share/fonts</dir>',
    `  <cachedir>${join(home, 'font-cache')}</cachedir>`,
    ...aliases,
    '</fontconfig>',
    '',
  ].join('\n')
}

function cacheFolder(): string {
  const beside = fileURLToPath(new URL('../../node_modules/.cache/rollbook', import.meta.url))
  try {
    mkdirSync(beside, { recursive: true })
    accessSync(beside, constants.W_OK)
    return beside
  } catch {
    const uid = process.getuid?.() ?? 0
    const fallback = join(tmpdir(), `rollbook-cache-${uid}`)
    mkdirSync(fallback, { recursive: true, mode: 0o700 })
    return fallback
  }
}

async function packageVersion(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const root = entry.slice(0, entry.lastIndexOf('chromium/build/') + 'chromium'.length)
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
  return manifest.version
}
