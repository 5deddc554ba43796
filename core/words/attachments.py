"""What is said of files: those in fields and those on a timeline."""

from . import Phrase, Phrases

PHRASES: Phrases = {
    # definitions
    "file_type_unknown": {
        "zh": Phrase("“types”里没有“{given}”这种文件类型", "可以写：{available}，或者扩展名"),
        "en": Phrase(
            "There is no type of files “{given}” for “types”", "Write one of {available}, or a name's ending"
        ),
    },
    "file_type_no_image": {
        "zh": Phrase("图片字段放不了“{given}”", "可以写：{available}；要放别的文件就用 file"),
        "en": Phrase("“{given}” is no picture", "An image takes {available}; use “file” for other files"),
    },
    "file_default": {
        "zh": Phrase("文件字段没有默认值：文件要由人上传", "删掉“default”"),
        "en": Phrase("A field for files has no default: people upload them", "Delete “default”"),
    },
    "file_not_found": {
        "zh": Phrase("文件不能搜索和排序，没有“{key}”", "删掉“{key}”"),
        "en": Phrase("Files cannot be searched or sorted, so there is no “{key}”", "Delete “{key}”"),
    },
    "unknown_files_kind": {
        "zh": Phrase("不知道文件要存在哪里：“{given}”", "写 local，或者 s3://桶名/前缀?endpoint=https://…"),
        "en": Phrase(
            "“{given}” is no place for files", "Write local, or s3://bucket/prefix?endpoint=https://…"
        ),
    },
    "files_secret_in_the_open": {
        "zh": Phrase(
            "“{given}”不能写在文件里：谁拿到它就能读走所有文件",
            "放进环境变量 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY",
        ),
        "en": Phrase(
            "“{given}” does not belong in this file: whoever has it can read all files",
            "Put it into the environment, as AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
        ),
    },
    "public_form_file": {
        "zh": Phrase(
            "公开表单收不了文件：“{label}”是文件字段，谁有网址谁就能往里放东西",
            "从这个表单去掉“{name}”，请对方把文件发给你，再放到记录上",
        ),
        "en": Phrase(
            "A public form takes no files, and “{label}” is one: whoever has its address could fill the disk",
            "Take “{name}” out of this form; let people send you the file, and put it on the record",
        ),
    },
    # values
    "not_a_file": {
        "zh": Phrase("“{given}”不是上传过的文件", "先上传文件，再填它的编号；表格里不能放文件"),
        "en": Phrase(
            "“{given}” is no uploaded file",
            "Upload the file first and give its id; a spreadsheet cannot hold files",
        ),
    },
    "file_missing": {
        "zh": Phrase(
            "没有这个文件，或者它不是你上传的",
            "重新上传；上传的文件一天内没有保存到记录上就会删掉",
        ),
        "en": Phrase(
            "There is no such file, or it is not one you uploaded",
            "Upload it again; a file that no record names is deleted after a day",
        ),
    },
    "file_twice": {
        "zh": Phrase("“{name}”不能同时放在两个字段里", "再上传一次"),
        "en": Phrase("“{name}” cannot be in two fields at once", "Upload it once more"),
    },
    "file_type_not_taken": {
        "zh": Phrase("这里不收“{name}”这种文件", "可以放：{available}"),
        "en": Phrase("“{name}” is not of a type that is taken here", "It may be: {available}"),
    },
    "file_too_large": {
        "zh": Phrase("“{name}”太大：最多 {max} MB", "压缩一下，或者拆成几个文件"),
        "en": Phrase("“{name}” is too large: at most {max} MB", "Make it smaller, or several files of it"),
    },
    "file_empty": {
        "zh": Phrase("“{name}”是空的", "看看选对了没有"),
        "en": Phrase("“{name}” is empty", "See whether it is the right one"),
    },
    "file_not_what_it_says": {
        "zh": Phrase(
            "“{name}”的内容和它的扩展名对不上，可能坏了，或者改过名", "用原来的程序打开，重新保存一份"
        ),
        "en": Phrase(
            "What is in “{name}” is not what its ending says: it is damaged, or was renamed",
            "Open it in its own program and save it again",
        ),
    },
    "file_picture_broken": {
        "zh": Phrase("图片“{name}”打不开", "用看图程序打开，重新保存一份"),
        "en": Phrase("The picture “{name}” cannot be read", "Open it in an image viewer and save it again"),
    },
    "file_picture_too_large": {
        "zh": Phrase("图片“{name}”太大：{width} × {height}", "缩小后再上传，最多一亿像素"),
        "en": Phrase(
            "The picture “{name}” is too large: {width} × {height}",
            "Make it smaller: 100 million pixels at most",
        ),
    },
    # uploading and reading
    "no_such_file": {
        "zh": Phrase("没有这个文件", "它可能已经被去掉，或者你看不到它所在的记录"),
        "en": Phrase(
            "There is no such file", "It may have been taken away, or you do not see the record it is on"
        ),
    },
    "file_gone": {
        "zh": Phrase("“{name}”登记在案，但它的内容不在存储里", "请管理员从备份里找回来"),
        "en": Phrase("“{name}” is known, but its bytes are not in the storage", "Ask for them from a backup"),
    },
    "not_a_file_field": {
        "zh": Phrase("“{entity}”没有文件字段“{name}”", "文件字段有：{available}"),
        "en": Phrase("{entity} has no field for files “{name}”", "Its fields for files: {available}"),
    },
    "file_upload_not_allowed": {
        "zh": Phrase("你不能上传文件", "请管理员给你修改记录的权限"),
        "en": Phrase("You may not upload files", "Ask for the right to change records"),
    },
    "files_too_many_loose": {
        "zh": Phrase("你有 {max} 个上传的文件还没有保存到记录上", "先保存，或者等一天，它们会自动删掉"),
        "en": Phrase(
            "{max} files that you uploaded are on no record yet",
            "Save them first, or wait a day until they are deleted",
        ),
    },
    "upload_one_file": {
        "zh": Phrase("要用 multipart/form-data 发送一个文件，名字叫 file", "例如 curl -F file=@报价.pdf"),
        "en": Phrase(
            "Send exactly one file, as multipart/form-data and under the name “file”",
            "Such as curl -F file=@offer.pdf",
        ),
    },
    "files_driver_missing": {
        "zh": Phrase("缺少访问 S3 的程序库", "运行 pip install 'kehu[s3]'"),
        "en": Phrase("The library for S3 is not installed", "Run pip install 'kehu[s3]'"),
    },
    "files_unreachable": {
        "zh": Phrase("存放文件的地方“{name}”用不了：{reason}", "检查网络、桶名和环境变量里的密钥后再试"),
        "en": Phrase(
            "The place of the files, “{name}”, cannot be used: {reason}",
            "Check the network, the bucket and the keys in the environment, then try again",
        ),
    },
    # conversions
    "convert_file_name": {
        "zh": Phrase("只留下文件名，文件本身不再能从这里打开", "要文件就保留原来的字段"),
        "en": Phrase(
            "The names stay; the files can no longer be opened here", "Keep the field for the files"
        ),
    },
    "convert_not_taken": {
        "zh": Phrase("新字段不收的文件会丢", "先看看都是哪些类型"),
        "en": Phrase("Files that the new field does not take are lost", "Look at their types first"),
    },
    "convert_no_file": {
        "zh": Phrase("文字变不成文件", "新加一个文件字段"),
        "en": Phrase("No file comes of it", "Add a field for files"),
    },
    "cli_doctor_files": {
        "zh": Phrase("文件：{count} 个，{megabytes} MB；清理了 {removed} 个没有用上的"),
        "en": Phrase("Files: {count}, {megabytes} MB; {removed} that nothing names were removed"),
    },
    "cli_doctor_files_lost": {
        "zh": Phrase("有 {count} 个文件登记在案，但不在存储里：{names}；从备份里找回来"),
        "en": Phrase(
            "{count} files are known and not in the storage: {names}; bring them back from a backup"
        ),
    },
    # the API's description
    "openapi_upload": {
        "zh": Phrase("上传一个文件；得到的 id 填进记录的文件字段，一天内没有用上就会删掉"),
        "en": Phrase("Upload a file; its id goes into a record's field, within a day"),
    },
    "openapi_upload_for": {
        "zh": Phrase("给哪个对象的哪个字段：它的大小和类型限制马上就查"),
        "en": Phrase("The entity and the field that it is meant for: their limits hold at once"),
    },
    "openapi_download": {"zh": Phrase("下载一个文件"), "en": Phrase("Download a file")},
    "openapi_attached": {
        "zh": Phrase("“{label}”时间线上的附件"),
        "en": Phrase("The files on the timeline of a record: {label}"),
    },
    "openapi_attach": {
        "zh": Phrase("把上传的文件挂到“{label}”的时间线上"),
        "en": Phrase("Hang an uploaded file on the timeline of a record: {label}"),
    },
    "openapi_detach": {
        "zh": Phrase("从“{label}”的时间线上移除附件"),
        "en": Phrase("Take a file off the timeline of a record: {label}"),
    },
    # pages
    "page_file_add": {"zh": Phrase("添加文件"), "en": Phrase("Add files")},
    "page_file_drop": {"zh": Phrase("或者拖到这里"), "en": Phrase("or drop it here")},
    "page_file_limits": {"zh": Phrase("最大 {max} MB"), "en": Phrase("up to {max} MB")},
    "page_file_uploading": {"zh": Phrase("正在上传"), "en": Phrase("Uploading")},
    "page_file_failed": {"zh": Phrase("上传失败，请再试一次"), "en": Phrase("The upload failed; try again")},
    "page_file_attach": {"zh": Phrase("添加附件"), "en": Phrase("Attach")},
    "page_file_attached": {"zh": Phrase("添加了附件"), "en": Phrase("attached a file")},
    "page_file_on_record": {"zh": Phrase("附件已添加"), "en": Phrase("The file is on the timeline")},
    "page_file_taken_off": {"zh": Phrase("附件已移除"), "en": Phrase("The file was taken off the timeline")},
    "page_file_remove": {"zh": Phrase("移除附件“{name}”"), "en": Phrase("Remove “{name}”")},
    "page_file_remove_text": {
        "zh": Phrase("移除后谁也不能再下载它。"),
        "en": Phrase("Nobody can download it afterwards."),
    },
}
