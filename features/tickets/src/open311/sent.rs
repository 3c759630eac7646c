//! What a client sends with a case: fields as a form, or fields and photos as multipart.

use app::App;
use axum::{
    body::{Bytes, to_bytes},
    extract::{FromRequest as _, Multipart, Request},
    http::header,
};

use super::types::{Fields, Refused};

/// Photos one case may carry, as on our own page.
const MOST_PHOTOS: usize = 3;
const LARGEST_FORM: usize = 256 * 1024;

/// A photo that was looked at. It is not kept before its sender is known and the case is filed: a refusal leaves no file.
pub(crate) struct Photo {
    pub(crate) name: String,
    pub(crate) media: files::Media,
    pub(crate) bytes: Vec<u8>,
}

/// The fields, and the photos of `media`; a photo that cannot be taken refuses the whole, before anything is filed.
pub(crate) async fn read(app: &App, request: Request) -> Result<(Fields, Vec<Photo>), Refused> {
    let kind =
        request.headers().get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    if kind.starts_with("multipart/form-data") {
        return parts(app, request).await;
    }
    let form = || {
        let wanted = "请以 application/x-www-form-urlencoded 提交，带照片的用 multipart/form-data";
        Refused(400, wanted.to_owned())
    };
    if !kind.is_empty() && !kind.starts_with("application/x-www-form-urlencoded") {
        return Err(form());
    }
    let body = to_bytes(request.into_body(), LARGEST_FORM).await.map_err(|_| form())?;
    let pairs: Vec<(String, String)> = serde_html_form::from_bytes(&body).map_err(|_| form())?;
    Ok((pairs.into_iter().collect(), vec![]))
}

async fn parts(app: &App, request: Request) -> Result<(Fields, Vec<Photo>), Refused> {
    let broken = || Refused(400, "没有读完提交的内容，请重发".to_owned());
    let mut parts = Multipart::from_request(request, app).await.map_err(|_| broken())?;
    let (mut fields, mut photos) = (Fields::new(), vec![]);
    while let Some(part) = parts.next_field().await.map_err(|_| broken())? {
        let (name, file) = (part.name().unwrap_or_default().to_owned(), part.file_name().map(str::to_owned));
        let bytes = part.bytes().await.map_err(|_| broken())?;
        match file {
            None => {
                let text = String::from_utf8(bytes.to_vec()).map_err(|_| broken())?;
                fields.insert(name, text);
            }
            Some(_) if bytes.is_empty() => {}
            Some(_) if MOST_PHOTOS <= photos.len() => {
                return Err(Refused(400, format!("media 最多{MOST_PHOTOS}张照片")));
            }
            Some(file) => photos.push((file, bytes)),
        }
    }
    let look = |(name, bytes): (String, Bytes)| {
        let (media, bytes) = files::look(&bytes).map_err(|it| Refused(400, format!("media：{it}")))?;
        if !media.is_picture() {
            return Err(Refused(400, "media 只收 JPG、PNG 照片".to_owned()));
        }
        Ok(Photo { name, media, bytes })
    };
    Ok((fields, photos.into_iter().map(look).collect::<Result<_, Refused>>()?))
}
