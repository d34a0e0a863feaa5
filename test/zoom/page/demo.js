/**
 * The demo page: draws the stage, sends the visitor's wishes, and is the Zoom web client around the framed panel
 * (see `frame.js`).
 */
import { openPanel, restyle } from './frame.js'
import { words } from './words.js'

const choices = {
  as: ['host', 'cohost', 'participant', 'guest'],
  place: ['meeting', 'main'],
  width: ['280', '372', '400', '900'],
  theme: ['system', 'light', 'dark'],
  language: ['en', 'ru'],
}
const onSomebody = ['drop', 'leave', 'rename', 'phone', 'promote', 'room']
const inGeneral = ['join', 'wait', 'hostile', 'storm', 'restart', 'forget', 'end']

const query = new URLSearchParams(location.search)
const chosen = {
  as: known('as', query.get('as')) ?? 'host',
  place: known('place', query.get('place')) ?? 'meeting',
  width: known('width', query.get('width')) ?? '400',
  theme: known('theme', query.get('theme')) ?? 'system',
  language: known('language', query.get('lang')) ?? (navigator.language.startsWith('ru') ? 'ru' : 'en'),
}
let state = null
let selected = null
let note = ''

const byId = (id) => document.getElementById(id)
const say = () => words[chosen.language]

drawWords()
new EventSource('/demo/state').addEventListener('state', (event) => {
  const wasThere = state !== null
  const before = state?.startedAtMs
  state = JSON.parse(event.data)
  if (state === null) return
  draw()
  if (!wasThere || (before !== state.startedAtMs && chosen.place === 'meeting')) void reopen()
})

async function act(action, key) {
  const answer = await fetch('/demo/do', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ action, as: chosen.as, ...(key !== undefined && { key }) }),
  })
  note = answer.ok && (await answer.json()).done === false ? say().notPossible : ''
  drawHint()
}

function choose(name, value) {
  chosen[name] = value
  if (mustBeInMeeting()) chosen.place = 'meeting'
  const address = new URLSearchParams({
    as: chosen.as,
    place: chosen.place,
    width: chosen.width,
    theme: chosen.theme,
    lang: chosen.language,
  })
  history.replaceState(null, '', `?${address}`)
  drawWords()
  if (state !== null) draw()
  if (name === 'as' || name === 'place') void reopen()
  else if (name !== 'width') restyle(chosen)
}

/** Guests have no Zoom account, so no client of theirs knows the app outside the meeting. */
function mustBeInMeeting() {
  return chosen.as === 'guest'
}

function reopen() {
  return openPanel(byId('frame'), chosen, say().clientLabel)
}

function drawWords() {
  const now = say()
  document.documentElement.lang = chosen.language
  document.documentElement.dataset.theme = chosen.theme
  document.querySelector('.client').style.width = `${chosen.width}px`
  for (const element of document.querySelectorAll('[data-words]'))
    element.textContent = now[element.dataset.words]
  for (const element of document.querySelectorAll('[data-label]')) {
    element.setAttribute('aria-label', now[element.dataset.label])
  }
  for (const fieldset of document.querySelectorAll('[data-choice]')) drawChoice(fieldset, now)
  byId('honesty').textContent = now.honesty
  byId('tools').setAttribute('aria-label', now.toolbar)
}

function drawChoice(fieldset, now) {
  const name = fieldset.dataset.choice
  const label = fieldset.querySelector('span') ?? fieldset.appendChild(element('span'))
  label.textContent = now[name].label
  fieldset.setAttribute('aria-label', now[name].label)
  const buttons = choices[name].map((value) => {
    const button = existing(fieldset, value) ?? element('button', { type: 'button', value })
    button.textContent = now[name][value]
    button.setAttribute('aria-pressed', String(chosen[name] === value))
    button.disabled = value === 'main' && mustBeInMeeting()
    button.onclick = () => choose(name, value)
    return button
  })
  fieldset.append(...buttons)
}

function draw() {
  const now = say()
  const ended = state.endedAtMs !== null
  const minutes = Math.max(0, Math.floor((Date.now() - state.startedAtMs) / 60_000))
  byId('topic').textContent = state.topic
  const starting = state.startedAtMs === null
  byId('facts').textContent = [
    ended ? now.over : starting ? now.restarting : now.running(minutes),
    now.people(state.people),
    now.connections(state.connections),
    ...(state.waiting.length > 0 ? [now.waiting(state.waiting.length)] : []),
    ...(state.inRooms > 0 ? [now.inRooms(state.inRooms)] : []),
  ].join(' · ')
  byId('alive').textContent = state.alive ? now.pause : now.resume
  byId('alive').hidden = ended || starting
  byId('alive').onclick = () => act('alive')
  byId('more').textContent = state.more > 0 ? now.more(state.more) : ''
  byId('webhooks').textContent = now.webhooks(
    state.webhooks.accepted,
    state.webhooks.sent,
    state.webhooks.last.join(', '),
  )
  byId('list').textContent = state.list ? now.listLine(now.list[state.list.phase], state.list.asked) : ''
  if (selected !== null && !state.tiles.some((tile) => tile.key === selected)) selected = null
  drawTools(now, ended)
  drawTiles(now)
  drawWaiting(now)
  drawHint()
}

function drawTools(now, ended) {
  const tools = byId('tools')
  const wanted = ended
    ? ['forget', 'again']
    : [...inGeneral.slice(0, 2), ...onSomebody, ...inGeneral.slice(2)]
  sync(tools, wanted, (name) => name, {
    make: (name) =>
      element('button', { type: 'button', value: name, className: name === 'end' ? 'grave' : '' }),
    fill(button, name) {
      button.textContent = now.actions[name]
      button.onclick = () => {
        // A new lesson begins when the server has taken in the end of the old one; the button goes with it.
        button.disabled = name === 'again'
        void act(name, onSomebody.includes(name) ? (selected ?? undefined) : undefined)
      }
    },
  })
}

function drawTiles(now) {
  sync(byId('tiles'), state.tiles, (tile) => tile.key, {
    make() {
      const item = element('li')
      const tile = element('button', { type: 'button', className: 'tile' })
      const who = element('span', { className: 'who' })
      who.append(element('span', { className: 'name', dir: 'auto' }), element('span'))
      tile.append(element('span', { className: 'initials', ariaHidden: 'true' }), who)
      item.append(tile)
      return item
    },
    fill(item, person) {
      const tile = item.firstElementChild
      const name = shownName(person, now)
      tile.querySelector('.initials').textContent = initials(name)
      tile.querySelector('.name').textContent = name
      tile.title = name.slice(0, 200)
      tile.setAttribute('aria-pressed', String(selected === person.key))
      tile.onclick = () => {
        selected = selected === person.key ? null : person.key
        note = ''
        draw()
      }
      drawTag(tile.querySelector('.who').lastElementChild, person, now)
    },
  })
}

function drawTag(tag, person, now) {
  const text =
    person.role !== 'attendee'
      ? now[person.role]
      : person.place === 'breakout'
        ? now.room
        : person.devices > 1
          ? now.devices(person.devices)
          : ''
  tag.className =
    text === '' ? '' : person.role === 'attendee' && person.place === 'breakout' ? 'tag room' : 'tag'
  tag.textContent = text
}

function drawWaiting(now) {
  byId('waiting-room').hidden = state.waiting.length === 0
  sync(byId('waiting'), state.waiting, (person) => person.key, {
    make() {
      const item = element('li')
      item.append(element('button', { type: 'button', dir: 'auto' }))
      return item
    },
    fill(item, person) {
      item.firstElementChild.textContent = shownName(person, now)
      item.firstElementChild.onclick = () => act('admit', person.key)
    },
  })
}

function drawHint() {
  const person = state?.tiles.find((tile) => tile.key === selected)
  const hint = person ? say().hintSomebody(shownName(person, say()).slice(0, 60)) : say().hintNobody
  const text = note || (state?.endedAtMs === null ? hint : say().hintEnded)
  if (byId('hint').textContent !== text) byId('hint').textContent = text
}

/** Keeps one child per item, by key, in the items' order, without touching those that stay. */
function sync(parent, items, keyOf, { make, fill }) {
  const old = new Map([...parent.children].map((child) => [child.dataset.key, child]))
  let place = parent.firstElementChild
  for (const item of items) {
    const key = keyOf(item)
    const child = old.get(key) ?? make(item)
    child.dataset.key = key
    old.delete(key)
    fill(child, item)
    if (child === place) place = place.nextElementSibling
    else parent.insertBefore(child, place)
  }
  for (const child of old.values()) child.remove()
}

function element(tag, properties = {}) {
  return Object.assign(document.createElement(tag), properties)
}
function existing(fieldset, value) {
  return [...fieldset.children].find((button) => button.value === value)
}
function shownName(person, now) {
  return person.name.trim() === '' ? now.noName : person.name.slice(0, 300)
}
function initials(name) {
  const letters = name.split(/\s+/).map((word) => [...word.replace(/[^\p{L}\p{N}]/gu, '')][0] ?? '')
  return letters.join('').slice(0, 2).toUpperCase() || '?'
}
function known(name, value) {
  return choices[name].includes(value) ? value : undefined
}
