-- 述职评议: how good the work was found by those it was reported to; empty for what is not graded.
alter table assemblies_duties add column grade text not null default '' check (grade in ('', 'excellent', 'competent', 'basic', 'incompetent'));
