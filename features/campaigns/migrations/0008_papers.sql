-- 书面报送: what a county that works on paper wrote in 附件4 under 评估得分及排名; the house did not compute it.
alter table campaigns_applications add column reported text;
