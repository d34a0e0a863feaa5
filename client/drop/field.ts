/** Whoever acted by a part that goes away finds the focus at the way in, once it is there again. */
export function focusOnField(): void {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>('#drop input[type=file]')?.focus({ preventScroll: true })
  })
}
