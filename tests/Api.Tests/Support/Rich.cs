namespace Galley.Tests.Support;

/// <summary>An article with everything in it that may be sent.</summary>
public static class Rich
{
    public static Given Article(TestClock clock)
    {
        var (section, number) = (Own.Section(), Own.Word());
        return Given.Article()
            .Written("fr")
            .Headed($"Syrie : l’offensive « éclair », {number}")
            .With("kicker", "Syrie")
            .With("dateline", "Damas")
            .With("byline", "i24NEWS")
            .With("standfirst", "Les rebelles occupent le palais présidentiel à Alep")
            .With("canonicalUrl", $"https://www.example.org/fr/{number}")
            .With("aliases", new[] { $"/2014/05/{number}.html", $"https://old.example.org/story?id={number}" })
            .With("section", new { breadcrumb = new[] { section, "Moyen-Orient" } })
            .With("tags", new object[] { $"place:{number}", new { kind = "person", slug = $"p-{number}", relation = "mentions" }, new { kind = "organisation", name = $"Organisation {number}" } })
            .With("contributors", new object[] { new { name = $"Jeanne Dupont {number}" }, new { name = $"Ali {number}", slug = $"ali-{number}" } })
            .With("leadImage", Image("lead"))
            .With("body", new { blocks = Blocks() })
            .With("urgency", 3)
            .With("agency", new { name = "AFP", category = "agency" })
            .With("rights", new { copyrightNotice = "© 2026 Example", usageTerms = "Not for resale.", license = "https://creativecommons.org/licenses/by/4.0/", syndication = "deny" })
            .With("translationKey", $"key-{number}")
            .With("related", new object[] { new { source = "wire", externalId = $"missing-{number}" }, new { id = Guid.NewGuid().ToString() } })
            .With("publishedAt", "2025-12-01T17:05:00.250Z")
            .With("embargoedUntil", "2025-12-01T18:00:00Z")
            .With("expiresAt", "2034-12-01T00:00:00Z")
            .With("breakingUntil", clock.In(TimeSpan.FromHours(1)))
            .With("digitalSourceType", "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture");
    }

    /// <summary>One block of each type, with marks wherever there may be some.</summary>
    public static object[] Blocks() =>
    [
        new { type = "paragraph", text = "Alors que les combats font rage 😀 …", marks = Marks() },
        new { type = "heading", text = "Un intertitre", level = 3, marks = new[] { new { type = "emphasis", start = 3, end = 13 } } },
        new { type = "quote", text = "« La Syrie »", attribution = "Assad", sourceUrl = "https://example.org/discours", marks = new[] { new { type = "strong", start = 2, end = 10 } } },
        new
        {
            type = "list",
            ordered = true,
            items = new object[]
            {
                new { text = "Un", marks = new[] { new { type = "code", start = 0, end = 2 } } },
                new { text = "Deux", items = new object[] { new { text = "Deux bis", marks = new[] { new { type = "strike", start = 0, end = 4 } } } } },
            },
        },
        new
        {
            type = "table",
            header = new object[] { new { text = "Ville" }, new { text = "Morts", marks = new[] { new { type = "underline", start = 0, end = 5 } } } },
            rows = new object[] { new object[] { new { text = "Alep" }, new { text = "500" } }, new object[] { new { text = "Damas" }, new { text = "0" } } },
        },
        new { type = "code", language = "csharp", text = "var a = 1;\n\tvar b = 2;" },
        new { type = "embed", provider = "youtube", url = "https://www.youtube.com/watch?v=x", title = "Une vidéo" },
        new { type = "image", image = Image("body") },
        new { type = "gallery", images = new[] { Image("one"), Image("two") } },
        new { type = "divider" },
        new { type = "correction", text = "Une correction.", at = "2025-12-02T08:00:00Z" },
    ];

    public static object Image(string name) => new
    {
        url = $"https://img.example.org/{name}.jpg",
        contentType = "image/jpeg",
        width = 1600,
        height = 900,
        bytes = 214_300,
        alt = "Une rue",
        caption = "Une rue à Alep",
        credit = "Photo : AFP",
        focalPoint = new { x = 0.5, y = 0.25 },
        renditions = new object[] { new { url = $"https://img.example.org/{name}-s.webp", contentType = "image/webp", width = 320, height = 180, bytes = 12_000 } },
    };

    private static object[] Marks() =>
    [
        new { type = "strong", start = 0, end = 9 },
        new { type = "link", start = 0, end = 5, href = "https://example.org/alors?a=1&b=2#c" },
        new { type = "superscript", start = 10, end = 13 },
        new { type = "subscript", start = 14, end = 21 },
        new { type = "emphasis", start = 32, end = 34 },
    ];
}
