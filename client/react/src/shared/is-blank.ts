/** Whether a text shows nothing, as a space or a character that only joins others: the service refuses such a text. */
export function isBlank(text: string): boolean {
  return !/[^\s\p{Default_Ignorable_Code_Point}\u2800]/u.test(text);
}
