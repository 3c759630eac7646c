/*[sqlite]delete from store_words where rowid = $2*/
/*[postgres]delete from store_words where tenant = $1 and id = $2*/
