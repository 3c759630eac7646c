import {H,who,shot,txt,run,PHONE,DESK} from './zz_user_lib.mjs';
run(async()=>{
 const c=await who('real','county'); const s=c.page;
 const T=async(t,n=500,pg=s)=>console.log(t,pg.url().replace(H.real,''),'=>',(await txt(pg)).slice(0,n).replace(/\n/g,' / '));
 await s.goto("/registry/communities/new");
 await s.getByLabel("小区名称").fill("桃溪新村");
 await s.getByLabel("所在社区").selectOption({ index:1 });
 await s.getByLabel("小区类别").selectOption({ label: "商品房" });
 await s.getByLabel("物业服务方式").selectOption({ label: "市场化" });
 await s.getByLabel("户数").fill("abc"); await s.getByLabel('建成年份').fill('1800'); await s.getByLabel('建筑总面积').fill('-5'); await s.locator("main form button.btn-primary").click(); await s.waitForLoadState(); await T('BADCOMM',600);
 await s.getByLabel("户数").fill("320"); await s.getByLabel('建成年份').fill('2015'); await s.getByLabel('建筑总面积').fill('45000');
 await s.locator("main form button.btn-primary").click(); await s.waitForLoadState(); await T('COMM',2500); await shot(s,'r10-comm');
 await s.goto('/registry/enterprises'); const e=async(n,k)=>{await s.getByLabel('企业全称').fill(n); await s.getByLabel('统一社会信用代码').fill(k); await s.getByRole('button',{name:'登记'}).click(); await s.waitForLoadState(); await T('ENT '+k,1300)};
 await e('','123'); 
 const alpha='0123456789ABCDEFGHJKLMNPQRTUWXY';const w=[1,3,9,27,19,26,16,17,20,29,25,13,8,24,10,30,28];const base='91341523MA2TEST01';let sum=0;for(let i=0;i<17;i++){const ix=alpha.indexOf(base[i]);sum+=ix*w[i]}
 const bs='91341523MA2TXWT01'; sum=0; for(let i=0;i<17;i++)sum+=alpha.indexOf(bs[i])*w[i]; const k=bs+alpha[(31-sum%31)%31];
 await s.goto('/registry/enterprises'); await e('舒城县安居物业服务有限公司',k); await shot(s,'r11-ent');
 await s.goto('/registry/divisions'); await T('CDIV',600); await s.goto('/registry/records'); await T('RECS',600); await s.goto('/tickets'); await T('TK',400); await s.goto('/tickets/hotlines'); await T('HOT',300); await s.goto('/tickets/rates'); await T('RATES',500); await s.goto('/campaigns'); await T('CAMPS',400);
 // phone
 for(const [n,paths] of [['county',['/','/registry/communities','/registry/communities/new','/registry/enterprises','/registry/divisions']],['sys',['/','/registry/divisions','/registry/divisions/import','/accounts/users']],['sec',['/accounts/users']]]){
  const o=await who('real',n,PHONE); for(const x of paths){await o.page.goto(x); await shot(o.page,`p-real-${n}${x.replaceAll('/','-')}`)}
 }
 const o=await who('real','sec',PHONE); await o.page.goto('/accounts/users'); await o.page.getByRole('link',{name:'程县局'}).first().click(); await o.page.waitForLoadState(); await shot(o.page,'p-real-grant');
 const o2=await who('real','sys',PHONE); await o2.page.goto('/registry/divisions'); await o2.page.getByRole('link',{name:'六安市'}).click(); await o2.page.waitForLoadState(); await shot(o2.page,'p-real-city'); 
 await o2.page.goto('/registry/divisions/import'); await o2.page.getByLabel('区划表').setInputFiles({name:'x.csv',mimeType:'text/csv',buffer:Buffer.from('区划代码,区划名称\n3415,坏县\n341523100001,桃溪\n341523100001,桃溪二\n341523100003,\n,无代码\n')}); await o2.page.getByRole('button',{name:'上传并导入'}).click(); await o2.page.waitForLoadState(); await T('PIMP',500,o2.page); await shot(o2.page,'p-real-impbad');
});
