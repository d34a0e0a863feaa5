import type { panelStage } from './panel-stage.ts'

/** The history of meetings, and one of them opened, by its place in the list. */
export function openedMeeting(stage: ReturnType<typeof panelStage>) {
  const row = (index: number) => stage.page.locator(`[role=row][data-index="${index}"]`).first()
  return {
    row,
    button: (name: string) => stage.page.getByRole('button', { name, exact: true }),
    async openMeeting(index: number): Promise<void> {
      await row(index).click()
      await stage.page.getByRole('figure').waitFor()
    },
  }
}
