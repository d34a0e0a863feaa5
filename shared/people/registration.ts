/** Denied or cancelled, in the languages Zoom's portal writes approvals in, by the stems of the words. */
const REFUSED =
  /^(?:den|cancel|declin|reject|refus|rifiut|recus|rechaz|negad|annul|abgelehnt|storniert|отклон|отказ|отмен|відхил|скас|afgewezen|geweigerd|geannuleerd|odrzuc|anulow|reddedil|iptal|拒否|却下|キャンセル|取消|取り消し|거부|거절|취소|拒绝|拒絕|đã từ chối|bị từ chối|hủy|đã hủy|ditolak|dibatalkan|avvis|nekad|avbok|odmít|zruš|رفض|مرفوض|إلغاء|ملغ)/u

/** Whether a status of registration says that they were not to come. */
export const isRefused = (status: string | null): boolean =>
  status !== null && REFUSED.test(status.trim().toLowerCase())
