/** The flag and the name. */
export function Logo() {
  return (
    <span className="flagship-logo">
      <img src="/flag.svg" alt="" width="28" height="28" />
      <span>Flagship</span>
    </span>
  );
}
