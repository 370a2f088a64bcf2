// Several writes as one: all of them are there afterwards, or none.

/** Runs `write`, which says whether all went well; if not, the storage is as it was before. Gives the same. */
export function together(storage, write) {
  const undone = new Error("undone");
  try {
    storage.transactionSync(() => {
      if (!write()) throw undone;
    });
  } catch (error) {
    if (error === undone) return false;
    throw error;
  }
  return true;
}
