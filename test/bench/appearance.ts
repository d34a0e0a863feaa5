/** Program for the page: the instant a row with this text is in the list. As text, since a compiler adds to functions. */
export const appearanceOf = (text: string): string => `new Promise((resolve) => {
  const observer = new MutationObserver(() => {
    const rows = [...document.querySelectorAll('[role=row]')]
    if (!rows.some((row) => row.textContent.includes(${JSON.stringify(text)}))) return
    observer.disconnect()
    resolve(Date.now())
  })
  observer.observe(document.body, { childList: true, subtree: true, characterData: true })
})`
