/** The way back to the end, with how much has come there meanwhile. */
export function JumpToNewest({ count, onJump }: { count: number; onJump: () => void }) {
  return (
    <button type="button" className="jump-to-newest" onClick={onJump}>
      <span aria-hidden="true">↓ </span>
      {count === 0 && "Newest"}
      {count === 1 && "1 new message"}
      {count > 1 && `${count} new messages`}
    </button>
  );
}
