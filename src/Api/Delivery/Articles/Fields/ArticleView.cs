using Galley.Http;
using Galley.Publishing;

namespace Galley.Delivery.Articles.Fields;

/// <summary>What is asked for of each article in a list: its fields, and the forms of its body.</summary>
internal sealed record ArticleView(FieldSelection Fields, BodyForms Forms)
{
    private const string Grammar =
        "Separated by commas, with those inside an object, or inside each object of an array, in parentheses: `headline,leadImage(url,alt),section(path)`. `summary` and `whole` stand for many fields; "
        + "others may stand beside them: `summary,body`; one that does comes as it is named: `summary,leadImage(url)`. `id`, `type` and `version` always come, the order is always the same, and what an article does not have is absent. "
        + "`body` is taken whole, its members are chosen by `format`. A name twice, an unknown one and empty parentheses are 400, with the column. At most 100 names and 4 levels.";

    /// <summary>Where nothing else is asked for.</summary>
    public static readonly ArticleView Summary = new(FieldSelection.Summary, BodyForms.Blocks);

    public static readonly ArticleView Whole = new(FieldSelection.Whole, BodyForms.Blocks);

    /// <summary>For lists.</summary>
    public static QueryParameter FieldsOfList { get; } = FieldsParameter("summary");

    /// <summary>For whoever keeps a copy.</summary>
    public static QueryParameter FieldsOfChanges { get; } = FieldsParameter("whole");

    /// <summary>As for one article, where there is a body.</summary>
    public static QueryParameter Format { get; } = ArticleFormatQuery.Format with
    {
        Description = "The members of `body`, one or more; without it `blocks`. 400 where `body` is not among the `fields`: `fields=summary,body`, or `whole`.",
    };

    /// <summary>Whether it is what cards hold as they are.</summary>
    public bool IsSummary => Fields.IsSummary;

    /// <summary>Whether it is what documents hold as they are.</summary>
    public bool IsWhole => Fields.IsWhole && Forms == BodyForms.Blocks;

    /// <summary>In how many forms bodies come.</summary>
    public int FormCount => int.PopCount((int)Forms);

    /// <summary>Whether an article's end shows in it, which bounds how long it may be kept.</summary>
    public bool ShowsEnd => Fields.Has("expiresAt");

    /// <summary>The slots that show in it. Others are not looked at, and change no tag.</summary>
    public SlotKinds Slots { get; } =
        (Fields.Has("translations") ? SlotKinds.Translations : SlotKinds.None)
        | (Fields.Has("related") ? SlotKinds.Related : SlotKinds.None)
        | (Fields.Has("breaking") ? SlotKinds.Breaking : SlotKinds.None)
        | (Fields.Has("canonicalUrl") ? SlotKinds.CanonicalUrl : SlotKinds.None);

    /// <summary>What tells its bytes from those of other views of the same articles.</summary>
    public string Identity => $"\n{Fields}\n{BodyFormats.Write(Forms)} {BodyFormats.Build}";

    public static ArticleView Read(QueryReader reader, QueryParameter parameter)
    {
        var preset = parameter == FieldsOfList ? Summary : Whole;
        var (text, hasFormat) = (reader.Text(parameter), reader.Text(Format) is not null);
        if (text is null && !hasFormat)
            return preset;

        var faults = (IReadOnlyList<FieldFault>)[];
        var fields = text is null ? preset.Fields : FieldParser.Parse(text, out faults);
        foreach (var fault in faults)
            reader.Fail(parameter, fault.Rule, fault.Suggestion, fault.Column);

        var forms = ArticleFormatQuery.Read(reader).Forms;
        if (hasFormat && fields?.Has(FieldShape.Body) == false)
            reader.Fail(Format, "is for body, which is not among the fields; add body to fields, or leave format out");

        return new ArticleView(fields ?? preset.Fields, forms);
    }

    /// <summary>The part of an article that is asked for.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Cut(IReadOnlyList<ReadOnlyMemory<byte>> article)
    {
        var cut = Fields.IsWhole ? article : [FieldCutter.Cut(article, Fields)];
        return Forms == BodyForms.Blocks ? cut : BodyFormats.Rewrite(cut, Forms);
    }

    private static QueryParameter FieldsParameter(string preset) =>
        new("fields", $"Which fields of each article come; without it `{preset}`. {Grammar}") { Pattern = @"^[A-Za-z]+([,(][A-Za-z]+\)*)*$", Default = preset };
}
