namespace Galley.Tests.Embargo;

/// <summary>The few words that both the open and the hidden world are made of: few, so that they collide.</summary>
internal static class Vocabulary
{
    public static readonly IReadOnlyList<string> Languages = ["fr", "en", "ar", "he", "zh-Hans"];

    /// <summary>Languages, sources, sections and tags that only hidden articles use. Some tags stand among the open ones wherever those are listed.</summary>
    public static readonly IReadOnlyList<string> HiddenLanguages = ["es", "pt-BR"];

    public static readonly IReadOnlyList<string> HiddenSources = ["leaks", "desk"];

    public static readonly IReadOnlyList<IReadOnlyList<string>> HiddenSections = [["Enquêtes"], ["Enquêtes", "Fuites"], ["International", "Fuites"], ["国际", "Tribunal"]];

    public static readonly IReadOnlyList<(string Kind, string Name)> HiddenTags = [("person", "Agent Zéro"), ("event", "Opération Minuit"), ("keyword", "fusion"), ("place", "Île Noire"), ("person", "Simon Ost"), ("place", "Sidon")];

    public static readonly IReadOnlyList<string> Sources = ["wire", "i24news"];

    public static readonly IReadOnlyList<IReadOnlyList<string>> Sections =
    [
        ["International"], ["International", "Moyen-Orient"], ["International", "Moyen-Orient", "Syrie"], ["Politique"], ["Sport", "Football"], ["דעות"], ["اقتصاد"], ["国际", "中东"],
    ];

    public static readonly IReadOnlyList<(string Kind, string Name)> Tags =
    [
        ("place", "Syrie"), ("place", "Sanaa"), ("place", "Île-de-France"), ("person", "Samir Hage"), ("person", "Sonia Roy"), ("person", "Bashar al Assad"), ("person", "בנימין נתניהו"), ("organisation", "AIEA"), ("event", "COP 31"), ("keyword", "économie"), ("place", "دمشق"), ("place", "大马士革"),
    ];

    /// <summary>Tags so rare that the last open article with one may go while a hidden one still has it.</summary>
    public static readonly IReadOnlyList<(string Kind, string Name)> RareTags =
        [("place", "Saïda"), ("place", "Sarcelles"), ("person", "Sara Lind"), ("event", "Saison"), ("keyword", "budget"), ("series", "Été 25"), ("genre", "Portrait"), ("organisation", "Zénith")];

    public static readonly IReadOnlyList<(string Name, string? Slug)> Contributors = [("John Doe", null), ("John Doe", "jd"), ("Jane Roe", "jd"), ("Jane Roe", null), ("Anne-Marie L’Écuyer", "aml")];

    public static readonly IReadOnlyList<string> Slugs = ["une", "special", "direct", "grand-angle"];

    /// <summary>Addresses of an old site and of the website: so few that several articles have one.</summary>
    public static readonly IReadOnlyList<string> Urls = ["https://www.example.org/a", "https://www.example.org/b", "https://old.example.org/?p=7"];

    public static readonly IReadOnlyList<string> OldPaths = ["/2014/05/une.html", "/archives/42/", "fr/une", "en/special"];

    public static readonly IReadOnlyList<string> Headlines = ["Syrie : les combats font rage", "Late winner at Anfield", "دمشق تحت القصف", "בחירות בישראל", "大马士革的冬天", "« L’accord » d’Alger", "Ça va ?"];

    public static readonly IReadOnlyList<string> Paragraphs =
    [
        "Alors que les combats font rage.", "« La Syrie … »", "The keeper had no chance.", "وقالت المصادر إن المدينة هادئة.", "הקלפיות נסגרו בעשר בערב.", "雪下了一整夜。", "A second source confirmed it.",
    ];

    /// <summary>The same name to a matcher of slugs, another to a reader.</summary>
    public static string Respell(string name, Random random) => random.Next(6) switch
    {
        0 => name.ToUpperInvariant(),
        1 => name.ToLowerInvariant(),
        2 => name.Replace(" ", "  ", StringComparison.Ordinal),
        3 => name + " !",
        4 => name.Replace(' ', '-'),
        _ => name,
    };

    public static T Pick<T>(this Random random, IReadOnlyList<T> among) => among[random.Next(among.Count)];

    /// <summary>Whether something happens that happens so many times in a hundred.</summary>
    public static bool Chance(this Random random, int percent) => random.Next(100) < percent;
}
