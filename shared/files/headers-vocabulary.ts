/**
 * What column headers are made of. `KNOWN` has the headers seen in real exports, as written (by field, so that one glance
 * shows every language); `STEMS` has the words they are built from, for headers nobody has shown us yet.
 */
import type { Field } from './portal-file.ts'

/** Headers seen in files, separated by `|`; without units in brackets, which `headers.ts` sets aside. */
export const KNOWN: Record<Field, string> = {
  name:
    'Name (Original Name) | User Name (Original Name) | User Name | Name | Nombre (nombre original) | Nome (nome original) | ' +
    'Nome (nome originale) | Nom (nom original) | Name (ursprünglicher Name) | Имя (настоящее имя) | 이름(원래 이름) | ' +
    '名前 (元の名前) | 名称（原名） | 名稱（原名） | 姓名（原名） | NameOriginalName | Nombre de usuario (nombre original) | ' +
    'Имя пользователя (настоящее имя) | Имя пользователя (исходное имя) | Ad (Orijinal Ad) | ' +
    'Nama (nama asli) | Tên (Tên gốc)',
  first_name: 'First Name | Nombre de pila | Prénom | Vorname | Primeiro nome | 名',
  last_name:
    'Last Name | Apellido | Apellidos | Sobrenome | Nom de famille | Cognome | Nachname | Фамилия | 姓 | 성',
  email:
    'User Email | Email | E-mail | Email Address | E-mail del usuario | Correo electrónico | ' +
    'Adresse e-mail de l’utilisateur | Email dell’utente | Эл. почта | 사용자 이메일 | 이메일 | ユーザーメール | Email người dùng | 电子邮件 | 電子郵件',
  phone: 'Phone | Phone Number',
  join:
    'Join Time | Hora para unirse | Hora de entrada | Ingressar na hora | Hora do ingresso | Heure d’arrivée | Ora di ingresso | ' +
    'Beitrittszeit | Beitrittszeitpunkt | Время входа | Время присоединения | 참가 시간 | 参加時刻 | 参加時間 | 加入时间 | 加入時間 | Thời gian vào | Waktu bergabung | Heure de connexion | Heure de participation',
  leave:
    'Leave Time | Hora para salir | Hora de salida | Hora de saída | Horário de saída | Heure de départ | Ora di uscita | ' +
    'Austrittszeit | Время выхода | 나간 시간 | 退出時刻 | 退出時間 | 离开时间 | 離開時間 | Waktu keluar | Heure de déconnexion',
  minutes:
    'Duration | Total Duration | Time in Session | Tiempo en la sesión | Tempo em Sessão | Temps de présence en séance | 세션 기간 | Duración | Duración total | Duração | Duração total | Durée | ' +
    'Durée totale | Durata | Durata totale | Dauer | Gesamtdauer | Продолжительность | 기간 | 期間 | 所要時間 | Durasi | Total durasi | Thời gian (Phút) | 持续时间 | 持續時間',
  guest:
    'Guest | Is Guest | Invitado | Convidado | Invité | Ospite | Gast | Гость | Tamu | 게스트 | ゲスト | 访客 | 訪客',
  consent:
    'Recording Consent | Recording Disclaimer Response | RecordingConsent | ' +
    'Respuesta al descargo de responsabilidad relativa a la grabación | ' +
    'Risposta di esclusione di responsabilità per la registrazione',
  in_waiting_room:
    'In Waiting Room | InWaitingRoom | En sala de espera | Na sala de espera | Salle d’attente | In sala d’attesa | ' +
    'Im Warteraum | В зале ожидания | Dans la salle d’attente | Di ruang tunggu | 대기실 | 대기실에서 | 待機室 | 在等候室中',
  attended:
    'Attended | Katıldı | Asistió | Participou | A participé | Teilgenommen | Ha partecipato | Участвовал | 参加済み | 참석함',
  registered_at: 'Registration Time | Hora de registro',
  approval: 'Approval Status',
  registrant_id: 'Registrant ID',
  zoom_user_id: 'Participant User ID | Zoom User ID',
  country: 'Country/Region Name | Nombre de país/región | Country/Region',
  attentiveness: 'Attentiveness Score',
  topic:
    'Topic | Meeting Topic | Argomento | Tópico | Tema | Sujet | Thema | Тема | 주제 | トピック | 主题 | 主題',
  number: 'Meeting ID | Webinar ID | ID | MeetingID',
  kind: 'Type | Meeting Type | Digita | Tipo | Typ | Тип | 类型 | 類型',
  host_name:
    'Host | Host Name | Nome organizzatore | Organizzatore | Anfitrião | Anfitrión | Hôte | Host-Name | ' +
    'Организатор | 호스트 | ホスト | 主持人 | 主持人名称 | 主持人名稱',
  host_email:
    'Host Email | E-mail organizzatore | Correo electrónico del organizador | 主持人电子邮件 | 主持人電子郵件',
  started:
    'Start Time | Actual Start Time | Ora di inizio | Hora de inicio | Hora de início | 开始时间 | 開始時間',
  ended:
    'End Time | Actual End Time | Ora di fine | Hora de finalización | Hora de término | 结束时间 | 結束時間',
  meeting_minutes: 'Actual Duration | Meeting Duration',
  participants:
    'Participants | Partecipanti | Participantes | Teilnehmer | Участники | 참가자 | 参加者 | 参会者 | 參與者',
  created: 'Creation Time | Ora di creazione',
  registered_count: '# Registered | # Registrants',
  unique_viewers: 'Unique Viewers | Visualizzatori unici',
}

/**
 * Words by what they say. `word*` is the beginning of a word, `*word` its end, all others are whole words; those in scripts
 * without spaces are found inside longer runs. Accents are folded on both sides. The last group says nothing by itself.
 */
export const STEMS = {
  time:
    'time* timestamp tiempo tempo hora horas heure heures ora ore orario* horári* zeit* uhrzeit* tijd* *tijd *zeit *zeitpunkt время времени czas godzin* ' +
    'saat* zaman* temps tijdstip* tid tider *tid tidpunkt* waktu* jam thoi gian 時間 時刻 日時 时间 시간 시각 일시',
  date: 'fecha* date datum data дата даты dato tarih* ngày tanggal* 日付 日期 날짜',
  join:
    'join* unirse rejoi* acces* union* entra* entré* entrée* enter* entry ingres* arriv* llegada* beitr* beigetreten eintritt* einwahl* ' +
    'connexion* conexion* conexão* connec* вход* вошел вошёл присоедин* подключ* deelneem* toetred* katıl* giriş* ' +
    'dołącz* wejści* anslut* bergabung masuk vào 入室 入会 入會 加入 进入 進入 입장 입실 접속 가입 들어온',
  /** Having taken part: with a time it is when they joined, alone it may be anything. */
  partake:
    'deelname* deelnemen teilnahme* participation* participaci* participaç* partecipazion* участи* uczestnictw* katılım tham gia 参会 參會 参加 參加 참가 참여',
  leave:
    'leav* left quitt* exit* salid* salir saíd* sair abandon* sortie* départ departure* déconnexion* desconex* disconn* uscit* ' +
    'verlass* verlat* verlaat vertrek* austritt* выход* вышел уход* покид* отключ* ayrıl* çıkış* opuszcz* wyjści* lämna* ' +
    'keluar rời 退出 退室 退席 退会 退會 离开 離開 离会 離會 나간 나가기 퇴장 퇴실 떠난',
  duration:
    'durat* duraci* duraç* durée* dauer* *dauer duur *duur длительност* продолжительност* trwani* süre* durasi varaktighet* längd* ' +
    'permanênci* permanenz* lượng length 期間 时长 時長 持续时间 持續時間 継続時間 所要時間 滞在時間 기간 지속',
  minutes: 'min mins minut* мин минут* dakika* phút menit hh mm ss 分 分钟 分鐘 分数 分钟数 分鐘數 분',
  session:
    'session* sesión* sessão* séance* sitzung* sessie* сеанс* сесси* sesj* oturum* セッション 会话 會話 세션',
  meeting:
    'meeting* reunión* reuniã* réunion* riunion* конференц* встреч* vergader* toplantı* spotkani* möte* besprechung* rapat ' +
    'họp ミーティング 会議 会议 會議 회의',
  webinar:
    'webinar* webinaire* seminario* web веб* семинар* вебинар* ウェビナー 웨비나 网络研讨会 網路研討會',
  email:
    'email* mail* *mail *mailadresse correo* courriel* почт* эл epost* eposta* surel メール 電子メール 이메일 邮件 郵件 邮箱 郵箱 电子邮件 電子郵件 电邮 電郵',
  address: 'address* adress* direcci* endereç* indirizz* адрес* adres* địa chỉ アドレス 主소 주소 地址',
  name:
    'name* *name nombre nombres nome nomes nom noms naam namen имя имени имена название* nazw* imię imiona isim* adı namn nama tên ' +
    '名前 名称 名稱 姓名 氏名 이름 성명 名',
  original:
    'original* ursprüngl* настоящ* исходн* первонач* oorspronk* oryginal* orijinal* ursprung* asli gốc 元 原 原始 원래 본래',
  first: 'first given prénom* vorname* voorna* förnamn pila primeiro primer',
  last:
    'last family famille surname* apellido* sobrenome* apelido cognome* nachname* familienname* фамили* achterna* nazwisk* ' +
    'soyad* efternamn 姓 성',
  user:
    'user* username* usuari* utilisat* utent* benutzer* nutzer* пользовател* gebruiker* użytkown* kullanıcı* användar* pengguna ' +
    'người dùng ユーザー 用户 用戶 使用者 사용자',
  participant:
    'participant* attendee* asistente* assistente* partecipant* teilnehmer* участник* deelnemer* uczestnik* katılımcı* ' +
    'deltagar* peserta 参加者 出席者 参会者 參與者 参与者 與會者 참가자 참석자',
  guest:
    'guest* invitad* convidad* invité invitée invitato ospite* gast гость госте* gość* misafir* konuk* gäst tamu khách ゲスト 게스트 访客 訪客 来宾 來賓',
  host:
    'host* anfitri* organizador* organizzator* organisat* organizator* hôte animat* gastgeber* veranstalter* организатор* ' +
    'gospodarz* sahib* värd* ospitante penyelenggara ホスト 主催者 主持人 호스트',
  waiting:
    'wait* poczekaln* espera attente attesa warte* ожидани* wacht* oczekiwa* bekleme* vänt* tunggu chờ 待機 待合 等候 等待 대기',
  room: 'room* sala salle raum *raum *zimmer зал* *kamer *ruimte pokój odası* *rum ruang phòng ルーム 室 실',
  recording:
    'record* rekam* grabaci* gravaç* enregistr* registrazion* aufzeichn* aufnahme* запис* opname* nagr* kayıt inspelning* ' +
    '録画 レコーディング 录制 錄製 녹화 기록',
  consent:
    'consent* disclaim* descargo exclusi* esclusion* isenç* responsab* haftung* zustimm* einwillig* согласи* отказ* ' +
    'ответственност* toestemm* zgod* zastrzeż* onay* sorumluluk* penafian 同意 免責 免責事項 免责 免责声明 免責聲明 동의 면책',
  response:
    'response* respuesta* resposta* réponse* risposta* antwor* ответ* odpowied* yanıt* reactie* respons svar 回答 响应 回复 回應 応答 응답',
  register:
    'regist* inscri* inschrijf* iscri* anmeld* регистр* rejestr* kayıt kayd* pendaftaran 登録 注册 註冊 登记 등록',
  approval:
    'approv* aprob* aprov* approb* genehmig* утвержд* одобр* goedkeur* zatwierdz* bestätig* 承認 批准 审批 승인',
  status: 'status* stan estado* statut* stato статус* durum* ステータス 状況 状态 狀態 상태',
  attended:
    'attended asistió asistido présence* presença* presenza* presencia* anwesenheit* compareceu assisté présent presente anwesend присутствовал посещени* посещал assistiu participou participé partecipato teilgenommen uczestniczył* присутств* участвова* aanwezig* 出席 出席済み 参加済み 参加しました 已参加 已參加 참석 참석함',
  phone: 'phone* telephone* teléfono* telefon* téléphone* телефон* telefoon* điện thoại 電話 电话 전화',
  id: 'id ident* идентификат* kimlik*',
  number: 'number* nummer* número* numéro* номер* numer* numara* nr 番号 号码 號碼 번호',
  count: '#',
  country: 'country* país* pays paese* land landes länder стран* kraj* ülke* negara quốc 国 国家 國家 국가',
  region: 'region* regió* regiã* régio* регион* bölge* wilayah 地域 地区 地區 지역',
  topic:
    'topic* tópico* tema temat sujet* argomento thema* тема темы onderwerp* konu* ämne* topik トピック 主题 主題 议题 주제',
  start:
    'start* inicio início début* inizio avvio beginn* begin* *beginn начал* rozpocz* başla* mulai 开始 開始 시작',
  end: 'end ende ended endzeit* fin fim final* término* fine einde* eind* berakhir* окончан* заверш* zakończ* bitiş* slut* selesai 结束 結束 終了 종료',
  create:
    'creat* creaci* criaç* créati* creazion* erstell* созда* aangemaakt* utworz* oluştur* skapa* 作成 创建 建立 생성',
  total:
    'total* gesamt* insgesamt общ* всего totaal totale łączn* całkowit* toplam* jumlah tổng 合計 合计 总 總 총 합계 전체',
  actual:
    'actual* real reale réel* effectif effettiv* tatsächl* фактич* реальн* werkelijk* rzeczywist* gerçek* 実際 实际 實際 실제',
  unique: 'unique* únic* unic* eindeutig* уникальн* uniek* unikaln* benzersiz* ユニーク 唯一 独立 고유',
  viewer:
    'viewer* espectador* spectat* visualizz* visualizad* zuschauer* зрител* kijker* widz* izleyici* 視聴者 观众 觀眾 시청자',
  type: 'type* tipe* tipo* typ тип tür* 类型 類型 種類 タイプ 유형',
  attention: 'attentive* atención atenção attenzione aufmerksam* вниман* 注意',
  score: 'score* puntuación punteggio',
  nothing:
    'of the em passe passé от за de del della dell des d di do da du la le les el los las l to a al alla alle à aan in na en nel nella im am um at on ' +
    'der die das dem den vom von zum zur bei для и в во на с к по van het w z do o for per para pour für by is es è est ist i un una uno une ein jest czy dans avis op voor concernant dotycząc* reddi ' +
    'ha se su y e und et or display full complete completo completa полное anzeige* relativa relative relativo clause non ' +
    'electronic* electrónic* eletrônic* électroni* elettronic* elektron* электронн* 的 の に した 中 在 数 數 한 의 에 에서 을 를 된 하는 여부 是否 임 있음 内 です',
} as const
