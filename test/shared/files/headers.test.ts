import { describe, expect, it } from 'vitest'
import { fieldOf } from '../../../shared/files/index.ts'
import { KNOWN } from '../../../shared/files/headers-vocabulary.ts'
import { fields } from './header-fields.ts'

describe('a header with one word we cannot explain is not ours', () => {
  it.each([
    ...[
      'What is your job title?',
      'Email me news?',
      'When do you leave?',
      'Has Zoom Rooms?',
      'How did you join?',
    ],
    ...[
      'Time of joining the company',
      'Join our newsletter',
      'Leave a comment',
      'Best email',
      'Email (work)',
      'Company name',
      'Firmenname',
      'Kursdauer',
    ],
    ...[
      'Name of your school',
      'Job title',
      'Department',
      'Group',
      'Organization',
      'Industry',
      'City',
      'Zip',
      'Address',
    ],
    ...[
      'Registration Source',
      'Attendance Type',
      'Marketing opt-in',
      'Enable Registration',
      'Max Concurrent Views',
    ],
    ...[
      'Recording',
      'Consent',
      'Status',
      'Number',
      'Time',
      'Session',
      'Source',
      'First Join',
      'Last Leave',
      'Role',
    ],
    ...[
      'Duration (seconds)',
      'Join Time (Tokyo)',
      'Guest speaker',
      'Questions & Comments',
      '参加',
      '참가',
      '#',
      '',
      ' ',
      '-',
    ],
    ...[
      '¿Cuál es su correo?',
      'Как вы узнали о вебинаре?',
      'Warum nehmen Sie teil?',
      'メールで連絡を希望しますか',
      '담당 업무',
    ],
  ])('%j', (header) => {
    expect(fieldOf(header).field).toBeNull()
  })

  it('and longer texts are none at all', () => {
    for (const bit of ['Join Time ', '(', 'メール', ' ', '\u0301', '?', '_', 'e-mail'])
      expect(fieldOf(bit.repeat(200_000)).field).toBeNull()
  })
})

describe('a field is one column', () => {
  it('the first of two known headers is Zoom’s, the second somebody’s own question', () => {
    expect(fields('Name,Email,Email,Duration (Minutes)')).toBe('name email - minutes')
  })

  it('a known header wins over one that is only put together', () => {
    expect(fields('Address of email,Name,Email')).toBe('- name email')
  })

  it('two that are only put together stay unread', () => {
    expect(fields('Name,Time of arrival,Arrival time,Duration')).toBe('name - - minutes')
    expect(fields('Name,User mail,Mail address')).toBe('name - -')
  })

  it('every header seen in real files is known for one field only', () => {
    for (const [field, headers] of Object.entries(KNOWN))
      for (const header of headers.split('|'))
        expect([header, fieldOf(header)]).toEqual([header, expect.objectContaining({ field, known: true })])
  })
})
