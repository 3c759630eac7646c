select pinned, document, version from tickets_profiles where tenant = $1
