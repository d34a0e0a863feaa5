import { describe, expect, it } from 'vitest'
import { readPortal } from '../../support/read-portal.ts'

const refusalOf = async (text: string, name = 'file.csv'): Promise<string> =>
  readPortal(name, text).then(
    () => 'read',
    (error: unknown) => (error as { refusal: { code: string } }).refusal.code,
  )

/** Each as its program writes it, with people of our own. */
const foreign: [string, string][] = [
  ['teams_report', 'Full Name\tUser Action\tTimestamp\nAnna\tJoined\t5/20/2026, 6:00:00 PM'],
  ['teams_report', 'Vollständiger Name\tBenutzeraktion\tZeitstempel\nAnna\tBeigetreten\t20.5.2026, 18:00:00'],
  ['teams_report', 'Nom complet\tAction de l’utilisateur\tHorodateur\nAnna\tRejoint\t20/05/2026 18:00:00'],
  [
    'teams_report',
    '1. Summary\nMeeting title\tAlgebra\nAttended participants\t3\n\n2. Participants\nName\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole\nAnna\t5/20/26, 6:00:00 PM\t5/20/26, 6:30:00 PM\t30m\ta@mail.example\ta@mail.example\tPresenter',
  ],
  [
    'teams_report',
    '1. Zusammenfassung\nBesprechungstitel\tAlgebra\n\n2. Teilnehmer\nName\tErster Beitritt\tLetzter Austritt\tE-Mail\tTeilnehmer-ID (UPN)\nAnna\t20.05.26, 18:00:00\t20.05.26, 18:30:00\ta@mail.example\ta@mail.example',
  ],
  [
    'meet_report',
    'First name,Last name,Email,Duration,Time joined,Time exited\nAnna,Berg,a@mail.example,1 hr,9:01 AM,10:01 AM',
  ],
  ['meet_report', 'Meeting code:,abc-defg-hij\nName,Minutes\nAnna,50'],
  [
    'meet_report',
    '* Meeting code: abc-defg-hij\n* Created on 2020-05-20 18:00:00\n* Ended on 2020-05-20 19:00:00\n\nFull Name,First Seen at,Time in Call\nAnna Berg,2020-05-20 18:01:00,00:50:00',
  ],
  ['meet_report', 'Full Name,First Seen at,Time in Call\nAnna Berg,2020-05-20 18:01:00,00:50:00'],
  [
    'webex_report',
    'Meeting Name\tMeeting Start Time\tMeeting End Time\tDisplay Name\tRole\tAttendee Email\tJoin Time\tLeave Time\tAttendance Duration\tConnection Type\nAlgebra\t2026-05-20 18:00:00\t2026-05-20 19:00:00\tAnna\tAttendee\ta@mail.example\t2026-05-20 18:00:00\t2026-05-20 19:00:00\t60 mins\tDesktop app',
  ],
  ['chat_log', '18:04:11\t From Anna to Everyone : hello\n18:05:11\t From Boris to Everyone : hi'],
  ['chat_log', '18:04:11\tAnna Berg:\tHello, all\n18:05:11\tBoris:\tHi'],
  ['chat_log', '18:04:11 De Ana a Todos: hola\n18:05:11 De Juan a Todos: hola, Ana'],
  ['transcript', 'WEBVTT\n\n1\n00:00:01.000 --> 00:00:03.000\nAnna: hi'],
  ['transcript', '1\n00:00:01,000 --> 00:00:03,000\nAnna: hi'],
  ['transcript', '[Anna Berg] 18:04:11\nHello\n\n[Boris] 18:05:00\nHi'],
  [
    'qa_report',
    'Question and Answer Report\n#,Question,Asker Name,Asker Email,Answer(s)\n1,Why?,Anna,a@mail.example,Because',
  ],
  [
    'poll_report',
    'Poll Report\nReport Generated:,"May 20, 2026 8:50 PM"\n#,User Name,User Email,Submitted Date/Time,Fine?\n1,Anna,a@mail.example,"May 20, 2026 18:00:00",Yes',
  ],
  ['survey_report', 'Survey Report\nTopic,Webinar ID\nLaunch,812 3456 7890'],
  [
    'registration_list',
    'First Name,Last Name,Email,Registration Time,Approval Status\nAnna,Berg,a@mail.example,05/20/2026 06:00:00 PM,approved',
  ],
  [
    'meeting_list',
    'Topic,Meeting ID,User Name,User Email,Start Time,End Time,Duration (Minutes),Participants\nAlgebra,812 3456 7890,Vera,v@mail.example,05/20/2026 06:00:00 PM,05/20/2026 07:00:00 PM,60,3\nAlgebra,812 3456 7890,Vera,v@mail.example,05/21/2026 06:00:00 PM,05/21/2026 07:00:00 PM,60,3',
  ],
  ['meeting_list', '{"meetings":[{"uuid":"4444AAAiAAAAAiAiAiiAii==","start_time":"2026-05-20T18:00:00Z"}]}'],
  [
    'registration_list',
    '{"registrants":[{"id":"a","email":"a@mail.example","first_name":"Anna","status":"approved"}]}',
  ],
  [
    'other_json',
    '{"event":"meeting.participant_joined","payload":{"object":{"participant":{"user_name":"Anna","join_time":"2026-05-20T18:00:00Z"}}}}',
  ],
  ['other_json', '{"a":[1,2,3]}'],
  ['empty_file', ''],
  ['empty_file', ' \n\t\n'],
  ['not_recognised', 'Dear Anna,\nthis is, as you know, a letter.\nYours, Boris'],
  ['not_recognised', 'Name,Email,Grade\nAnna,a@mail.example,3\nBoris,b@mail.example,4'],
  ['not_recognised', '05/20/2026 06:00:00 PM'],
]

describe('files of other kinds', () => {
  for (const [code, text] of foreign)
    it(`refuses as ${code}: ${text.slice(0, 40).replace(/\s+/g, ' ')}`, async () => {
      expect(await refusalOf(text)).toBe(code)
    })

  it('does not take a topic or a name for another kind of file', async () => {
    const header = 'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)'
    const times = '05/20/2026 06:05:00 PM,05/20/2026 06:55:00 PM,50'
    for (const name of [
      'Poll Report',
      'WEBVTT',
      '1. Summary',
      '18:04:11 From Anna to Everyone : hello',
      'UPN',
    ])
      expect(await refusalOf([header, `${name},,${times}`].join('\n'))).toBe('read')
  })
})
