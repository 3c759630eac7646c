delete from tickets_settled_counts where tenant = $1 and part in ('company', 'category', 'place') and month = $2
