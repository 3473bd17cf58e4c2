export const CONTOSO_DEPARTMENTS = ['Management', 'Sales', 'Engineering', 'Operations'] as const;

export interface ContosoPerson {
  readonly userName: string;
  readonly givenName: string;
  readonly surname: string;
  readonly displayName: string;
  /** Only where two people share a display name: the directory wants a name of its own for each. */
  readonly commonName?: string;
  readonly department: (typeof CONTOSO_DEPARTMENTS)[number];
  readonly title: string;
  readonly city: string;
  readonly manager?: string;
  readonly state?: 'inactive' | 'expired';
}

type Row = readonly [
  userName: string,
  givenName: string,
  surname: string,
  title: string,
  city: string,
  manager?: string,
  more?: Pick<ContosoPerson, 'state' | 'commonName'>,
];

function people(department: ContosoPerson['department'], rows: readonly Row[]): ContosoPerson[] {
  return rows.map(([userName, givenName, surname, title, city, manager, more]) => ({
    userName,
    givenName,
    surname,
    displayName: `${givenName} ${surname}`,
    department,
    title,
    city,
    ...(manager === undefined ? {} : { manager }),
    ...more,
  }));
}

/** Names from many places on purpose: non-ASCII, right-to-left, two people of one name, two inactive, one expired. */
export const CONTOSO_PEOPLE: readonly ContosoPerson[] = [
  ...people('Management', [
    ['maria.lopez', 'María', 'López', 'Managing director', 'Lisbon'],
    ['amelia.brandt', 'Amelia', 'Brandt', 'IT administrator', 'Lisbon', 'maria.lopez'],
    ['hugo.nilsson', 'Hugo', 'Nilsson', 'Help desk', 'Lisbon', 'amelia.brandt'],
    ['fatima.alfarsi', 'فاطمة', 'الفارسي', 'Finance manager', 'Muscat', 'maria.lopez'],
    ['grace.okafor', 'Grace', 'Okafor', 'Office manager', 'Lagos', 'maria.lopez'],
  ]),
  ...people('Sales', [
    ['olga.petrova', 'Ольга', 'Петрова', 'Head of sales', 'Riga', 'maria.lopez'],
    ['alex.morgan', 'Alex', 'Morgan', 'Account manager', 'Dublin', 'olga.petrova'],
    ['alex.morgan2', 'Alex', 'Morgan', 'Sales assistant', 'Cork', 'olga.petrova', { commonName: 'Alex Morgan (Cork)' }],
    ['zoe.andre', 'Zoë', 'André', 'Account manager', 'Brussels', 'olga.petrova'],
    ['seamus.oneill', 'Séamus', "O'Neill", 'Account manager', 'Galway', 'olga.petrova'],
    ['yael.mizrahi', 'יעל', 'מזרחי', 'Account manager', 'Haifa', 'olga.petrova'],
    ['tom.becker', 'Tom', 'Becker', 'Sales trainee', 'Bremen', 'alex.morgan', { state: 'inactive' }],
  ]),
  ...people('Engineering', [
    ['kenji.tanaka', '健二', '田中', 'Head of engineering', 'Osaka', 'maria.lopez'],
    ['bjorn.aas', 'Bjørn', 'Ås', 'Developer', 'Bergen', 'kenji.tanaka'],
    ['jana.dvorakova', 'Jana', 'Dvořáková', 'Developer', 'Brno', 'kenji.tanaka'],
    ['nguyen.thi.mai', 'Mai', 'Nguyễn Thị', 'Tester', 'Hanoi', 'kenji.tanaka'],
    ['priya.raman', 'Priya', 'Raman', 'Developer', 'Chennai', 'kenji.tanaka'],
    ['ahmet.yilmaz', 'Ahmet', 'Yılmaz', 'Designer', 'Izmir', 'kenji.tanaka'],
    ['lukas.weiss', 'Lukas', 'Weiß', 'Contractor', 'Graz', 'kenji.tanaka', { state: 'expired' }],
  ]),
  ...people('Operations', [
    ['chidi.eze', 'Chidi', 'Eze', 'Head of operations', 'Enugu', 'maria.lopez'],
    ['ines.carvalho', 'Inês', 'Carvalho', 'Logistics', 'Porto', 'chidi.eze'],
    ['pavel.novak', 'Pavel', 'Novák', 'Warehouse', 'Plzeň', 'chidi.eze'],
    ['sofia.garcia', 'Sofía', 'García', 'Purchasing', 'Bilbao', 'chidi.eze'],
    ['willem.dejong', 'Willem', 'de Jong', 'Drivers', 'Utrecht', 'ines.carvalho'],
    ['elena.rossi', 'Elena', 'Rossi', 'Reception', 'Trieste', 'chidi.eze', { state: 'inactive' }],
  ]),
];
